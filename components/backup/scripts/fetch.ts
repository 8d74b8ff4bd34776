/**
 * Brings a backup as it was sealed: the newest there is, or the newest of a time. What is truncated, changed or sealed
 * for another key is refused before a row of it is read. Leaves `backup` (what pg_restore takes) and `header`.
 */
export const fetch = String.raw`
fetch_backup() {
  place="$STORE/$SYSTEM/$SOURCE_ENVIRONMENT/$SOURCE_SERVER.$DATABASE"
  until="$FROM"
  [ "$FROM" != latest ] || until=99991231T235959Z
  list "$place" stored
  name="$(sed -n 's/\.json$//p' stored | sort | awk -v until="$until" '$0 <= until' | tail -n 1)"
  [ -n "$name" ] || fail "the store holds no backup in $place to take ($FROM)"
  for end in json age; do
    # One that is gone is no error to rclone.
    rclone copyto "$place/$name.$end" "fetched.$end" 2> problem && [ -s "fetched.$end" ] ||
      fail "$name.$end can't be fetched: $(why)"
  done
  sealed="$(size fetched.age) bytes, sha256 $(digest < fetched.age)"
  said="$(field fetched.json bytes) bytes, sha256 $(field fetched.json sha256)"
  [ "$sealed" = "$said" ] || fail "backup $name is not as it was saved: it has $sealed, its manifest says $said"
  age --decrypt --identity "$AGE_IDENTITY_FILE" --output opened fetched.age 2> problem ||
    fail "backup $name can't be opened, by a wrong key or since it was changed: $(why)"
  rm fetched.age
  head -c 1024 opened > header
  tail -c +1025 opened > backup
  rm opened
  for key in system environment server database at; do
    [ "$(field header "$key")" = "$(field fetched.json "$key")" ] ||
      fail "backup $name is of $(field header system) $(field header environment), and its manifest says otherwise"
  done
  [ "$(field header system)" = "$SYSTEM" ] && [ "$(field header database)" = "$DATABASE" ] ||
    fail "backup $name is of $(field header database) of $(field header system)"
}
`;
