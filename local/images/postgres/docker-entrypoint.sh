#!/bin/sh
# The contract of the official postgres image's entrypoint, in the shell that this image has.
set -eu

fail() {
  echo >&2 "error: $*"
  exit 1
}

# Sets VAR to its own value, to the content of the file that VAR_FILE names, or to a default.
from_environment() {
  eval "value=\${$1:-}; file=\${$1_FILE:-}"
  if [ -n "$value" ] && [ -n "$file" ]; then fail "both $1 and $1_FILE are set, but are exclusive"; fi
  if [ -n "$file" ]; then value="$(cat "$file")"; fi
  export "$1=${value:-${2:-}}"
  unset "$1_FILE"
}

# Options that make postgres print something and end.
only_asks() {
  for argument; do
    case "$argument" in '-?' | --help | --describe-config | -V | --version) return 0 ;; esac
  done
  return 1
}

make_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql || :
  chmod 0700 "$PGDATA" || :
  chmod 3775 /var/run/postgresql 2> /dev/null || :
  if [ -n "${POSTGRES_INITDB_WALDIR:-}" ]; then
    mkdir -p "$POSTGRES_INITDB_WALDIR"
    chmod 0700 "$POSTGRES_INITDB_WALDIR"
  fi
  if [ "$(id -u)" = 0 ]; then
    find "$PGDATA" /var/run/postgresql ${POSTGRES_INITDB_WALDIR:+"$POSTGRES_INITDB_WALDIR"} \
      ! -user postgres -exec chown postgres {} +
  fi
}

# $1 is a word for the command line of a shell.
quoted() {
  printf "'%s' " "$(printf %s "$1" | sed "s/'/'\\\\''/g")"
}

sql() {
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" "$@"
}

run_scripts() {
  for script in /docker-entrypoint-initdb.d/*; do
    [ -e "$script" ] || continue
    echo "$0: running $script"
    case "$script" in
      *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
      *.sql) sql --dbname "$POSTGRES_DB" -f "$script" ;;
      *.sql.gz) gunzip -c "$script" | sql --dbname "$POSTGRES_DB" ;;
      *.sql.xz) xzcat "$script" | sql --dbname "$POSTGRES_DB" ;;
      *.sql.zst) fail "$script: this stand-in has no zstd; use .sql, .sql.gz or .sql.xz" ;;
      *) echo "$0: ignoring $script" ;;
    esac
  done
}

# The arguments are those of the server.
initialize() {
  from_environment POSTGRES_PASSWORD
  from_environment POSTGRES_USER postgres
  from_environment POSTGRES_DB "$POSTGRES_USER"
  from_environment POSTGRES_INITDB_ARGS
  method="${POSTGRES_HOST_AUTH_METHOD:-}"
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$method" != trust ]; then
    fail "the database is not initialized and the superuser has no password: set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE"
  fi
  # The password goes through a pipe: no file holds it, and none need be writable. The arguments may be quoted.
  printf '%s\n' "$POSTGRES_PASSWORD" | eval "initdb --username=\"\$POSTGRES_USER\" --pwfile=/dev/stdin \
    ${POSTGRES_INITDB_WALDIR:+--waldir=\"\$POSTGRES_INITDB_WALDIR\"} $POSTGRES_INITDB_ARGS"
  : "${method:=$(postgres -C password_encryption "$@")}"
  printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"

  export PGPASSWORD="${PGPASSWORD:-$POSTGRES_PASSWORD}"
  options="$(for argument; do quoted "$argument"; done) -c listen_addresses='' -p ${PGPORT:-5432}"
  PGUSER="${PGUSER:-$POSTGRES_USER}" pg_ctl -D "$PGDATA" -o "$options" -w start
  if [ -z "$(echo "SELECT 1 FROM pg_database WHERE datname = :'db'" | sql -At -d postgres -v db="$POSTGRES_DB")" ]; then
    echo 'CREATE DATABASE :"db"' | sql -d postgres -v db="$POSTGRES_DB"
  fi
  run_scripts
  PGUSER="${PGUSER:-postgres}" pg_ctl -D "$PGDATA" -m fast -w stop
}

case "${1:-}" in -*) set -- postgres "$@" ;; esac

if [ "${1:-}" = postgres ] && ! only_asks "$@"; then
  make_folders
  if [ "$(id -u)" = 0 ]; then exec /usr/bin/setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"; fi
  # In a shell of its own: what it reads from files does not get into the server's environment.
  [ -s "$PGDATA/PG_VERSION" ] || (shift && initialize "$@")
fi
exec "$@"
