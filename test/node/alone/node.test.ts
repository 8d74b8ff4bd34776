// What a node goes through as a whole.
import "./node/crash.ts";
import "./node/restarts.ts";
import "./node/certificates.ts";
import "./node/postgresCertificate.ts";
import "./node/disk.ts";
