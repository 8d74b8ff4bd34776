import { load } from "./load.ts";
import { tried } from "./tried.ts";

/** The trial of a Postgres' backup: a server in the pod, which is asked by SQL. */
export const drill = tried(String.raw`${load}
end_server() { pg_ctl --pgdata data --mode immediate stop > /dev/null 2>&1 || :; }
start_server() {
  export PGHOST="$WORK" PGUSER=postgres PGDATABASE="$DATABASE"
  initdb --no-sync --pgdata data --username postgres --auth trust --encoding UTF8 > started 2>&1 &&
    pg_ctl --pgdata data --log server --wait --options "-c listen_addresses= -c unix_socket_directories=$WORK" start >> started 2>&1 ||
    fail "the throwaway server does not start: $(tail -n 1 started)"
  [ "$DATABASE" = postgres ] || sql -d postgres -c "CREATE DATABASE \"$DATABASE\""
}
load_into_server() { load_backup; }
ask() {
  eval "asked=\$ASSERTION_$1_SQL"
  value="$(sql -c "$asked" 2> problem)" || fail "assertion $1 can't be asked: $(why)"
}
`);
