/**
 * Loads a fetched backup into the database that is connected to, all of it or nothing: tables, and what `MASK` makes of
 * their rows, in one transaction. Its owner's role is made first; grants come with the links.
 */
export const load = String.raw`
sql() { psql --no-psqlrc --quiet -At -v ON_ERROR_STOP=1 "$@"; }
load_backup() {
  running="$(($(sql -c 'SHOW server_version_num') / 10000))"
  [ "$(field header postgres)" -le "$running" ] ||
    fail "backup $name was made by Postgres $(field header postgres), and this server is $running: restore into $(field header postgres) or later"
  sql -v owner="$DATABASE"_owner > /dev/null <<'SQL'
SELECT format('CREATE ROLE %I NOLOGIN', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec
SQL
  {
    # What breaks off ends a table's rows where they are, and then the transaction.
    pg_restore --no-privileges --file=- backup 2> problem || printf '\n\\.\nSELECT 1/0;\n'
    printf 'RESET ALL;\n%s\n;\n' "$MASK"
    printf "COMMENT ON DATABASE \"%s\" IS 'restored by Palier from %s';\n" "$DATABASE" "$SOURCE_ENVIRONMENT/$name"
  } | sql --single-transaction --output=/dev/null --file=- 2> refused ||
    fail "backup $name can't be restored, and nothing of it was: $(why) $(grep -m 1 ERROR refused)"
}
`;
