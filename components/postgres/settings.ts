import { type Room, tuned } from "./parameters.ts";

/** Port that Postgres listens on. */
export const port = 5432;

/** Where the parts of a server are mounted. */
export const paths = {
  data: "/var/lib/postgresql/data",
  settings: "/etc/palier/postgres",
  certificate: "/etc/palier/certificate",
  admin: "/etc/palier/admin",
} as const;

/** Who may connect: over the network only encrypted and by password; within the pod by password too. */
export const hostBasedAccess = `# TYPE  DATABASE USER ADDRESS METHOD
local   all      all          scram-sha-256
hostssl all      all  all     scram-sha-256
`;

/**
 * Sets the superuser's password on a volume that was made with another one. It runs before the server, without the
 * network, so that a kept volume never locks anyone out.
 */
export const adoptPassword = `set -eu
[ -s "$PGDATA/PG_VERSION" ] || exit 0
password="$(cat ${paths.admin}/password)"
printf "ALTER ROLE postgres PASSWORD '%s'\\n" "$password" | postgres --single -D "$PGDATA" postgres > /dev/null
`;

/** Parameters that nobody may change, since the server would be open or in clear without them. */
export const fixed = {
  hba_file: `${paths.settings}/pg_hba.conf`,
  ssl: "on",
  ssl_cert_file: `${paths.certificate}/tls.crt`,
  ssl_key_file: `${paths.certificate}/tls.key`,
  ssl_min_protocol_version: "TLSv1.2",
  password_encryption: "scram-sha-256",
} as const;

/** What takes half a second is worth knowing; what it was asked with may be somebody's own, and is left out. */
export const logged = { log_min_duration_statement: "500ms", log_parameter_max_length: "0" };

/** Arguments of the server. @param own What the program says itself. */
export function serverArguments(room: Room, own: { [name: string]: string } = {}): string[] {
  const parameters = { ...fixed, ...tuned(room), ...logged, ...own };
  return Object.entries(parameters).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
}
