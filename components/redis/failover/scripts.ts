import { settingsFolder } from "../settings.ts";
import { group, sentinelPort } from "./names.ts";

/**
 * Which server is the primary: what most of Sentinel's processes say, or where none answers what this one wrote down last, or
 * the first one at the very beginning.
 */
const findPrimary = `find_primary() {
  for one in $SERVERS; do
    REDISCLI_AUTH="$ADMIN_PASSWORD" timeout 2 redis-cli -h "$one" -p ${sentinelPort} --raw SENTINEL get-master-addr-by-name ${group} 2> /dev/null | head -n 1
  done | grep -xF "$(echo "$SERVERS" | tr ' ' '\\n')" | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }' > /tmp/primary
  primary="$(cat /tmp/primary)"
  [ -n "$primary" ] || primary="$(sed -n 's/^sentinel monitor ${group} \\([^ ]*\\) .*/\\1/p' /data/sentinel.conf 2> /dev/null)" || :
  [ -n "$primary" ] || primary="\${SERVERS%% *}"
}
`;

/**
 * Starts a server: as a replica, unless it is the primary. A primary that was away waits for another to take over: while that
 * goes on it would take writes, have them confirmed by a replica that still follows it, and lose them. Where nobody takes over,
 * as when it is alone, it goes on.
 */
export const startServer = `${findPrimary}find_primary
tries=0
while [ "$primary" = "$ME" ] && [ -s /tmp/primary ] && [ -e /data/served ] && [ "$tries" -lt 10 ]; do
  sleep 1
  find_primary
  tries=$((tries + 1))
done
touch /data/served
set -- ${settingsFolder}/redis.conf --replica-announce-ip "$ME"
[ "$primary" = "$ME" ] || set -- "$@" --replicaof "$primary" "$PORT"
exec redis-server "$@"
`;

/**
 * Starts Sentinel, with the id that it had before, so that nobody waits for one who never comes back, and with the epoch of
 * the last failover.
 */
export const startSentinel = `${findPrimary}find_primary
id="$(printf %s "$ME" | sha1sum | cut -d ' ' -f 1)"
umask 077
{
  echo "bind * -::*
port ${sentinelPort}
dir /tmp
protected-mode no
requirepass $ADMIN_PASSWORD
sentinel sentinel-pass $ADMIN_PASSWORD
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $ME
sentinel announce-port ${sentinelPort}
sentinel myid $id
sentinel monitor ${group} $primary $PORT 2
sentinel auth-user ${group} admin
sentinel auth-pass ${group} $ADMIN_PASSWORD
sentinel down-after-milliseconds ${group} 2000
sentinel failover-timeout ${group} 4000
sentinel parallel-syncs ${group} 1"
  grep -E '^sentinel (current|config|leader)-epoch ' /data/sentinel.conf 2> /dev/null || :
} > /data/sentinel.new
mv /data/sentinel.new /data/sentinel.conf
exec redis-sentinel /data/sentinel.conf
`;
