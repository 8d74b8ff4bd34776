// Whether data comes back: what `npm run proof -- data` prints in one go.
import "../components/redis/failover.test.ts";
import "./diskFull.ts";
import "./majors.ts";
import "./postgresKills.ts";
import "./redisKills.ts";
import "./restoreDrill.ts";
import "./roleRotation.ts";
