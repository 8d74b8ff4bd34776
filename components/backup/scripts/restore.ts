import { begin } from "./begin.ts";
import { fetch } from "./fetch.ts";
import { load } from "./load.ts";

/**
 * Fills a database that holds no table yet. It may run again: what it has once restored it leaves alone, and a database
 * with tables of its own it never touches. The superuser runs no function or operator that an app's migrations have made:
 * only what Postgres brings is found without its schema.
 */
export const restore = String.raw`${begin}${fetch}${load}
export PGOPTIONS="${"$"}{PGOPTIONS:-} -c search_path=pg_catalog"
await_server
sql -d postgres -v database="$DATABASE" > /dev/null 2> problem <<'SQL' || fail "the server can't be reached: $(why)"
SELECT format('CREATE DATABASE %I', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SQL
said="$(sql -c "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")"
tables="$(sql -c "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace <> 'information_schema'::regnamespace
  AND relnamespace::regnamespace::text !~ '^pg_' AND NOT EXISTS
  (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')")"
if [ "$tables" != 0 ]; then
  # "restored by Palier from production/20261121T020000Z" is done where that or the newest is asked for.
  was="${"$"}{said#restored by Palier from "$SOURCE_ENVIRONMENT"/}"
  if [ "$was" != "$said" ] && { [ "$FROM" = latest ] || [ "$was" = "$FROM" ] || expr "$was" '<' "$FROM" > /dev/null; }; then
    echo "$said already"
    exit 0
  fi
  fail "the database holds $tables tables, and nothing is restored over them: restore into a new instance"
fi
fetch_backup
[ "$(field header environment)" = "$ENVIRONMENT" ] || [ -n "$MASK" ] ||
  fail "backup $name holds what people left in $(field header environment), and this is $ENVIRONMENT: give mask, the SQL that takes it out"
sql -c "REVOKE ALL ON DATABASE \"$DATABASE\" FROM PUBLIC"
load_backup
echo "restored $name of $SOURCE_ENVIRONMENT in $(($(date +%s) - began)) s"
`;
