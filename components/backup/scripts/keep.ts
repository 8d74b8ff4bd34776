/**
 * What every script that saves something ends with: a place of one's own, a file that is sealed for the holders of a key, sent,
 * read back whole and told of by its manifest. Only after that the old ones go. Whatever breaks off before leaves every older
 * one as it was.
 */
export const keep = String.raw`
take_place() {
  place="$STORE/$SYSTEM/$ENVIRONMENT/$SERVER.$DATABASE"
  now="$(stamp "$began")"
  list "$STORE/$SYSTEM" environments
  others="$(grep -vx "$ENVIRONMENT/" environments || :)"
  [ -z "$others" ] || fail "the store holds backups of $(echo $others) too: give each environment a bucket or a prefix of its own"
}

# Whose it is, and a field of what it is.
write_header() {
  printf '{"version":1,"system":"%s","environment":"%s","server":"%s","database":"%s",%s,"at":%s}' \
    "$SYSTEM" "$ENVIRONMENT" "$SERVER" "$DATABASE" "$1" "$began" > header
}

# What is sealed with it says whose it is: nobody can change it without the key.
seal() {
  set --
  for recipient in $AGE_RECIPIENTS; do set -- "$@" --recipient "$recipient"; done
  { printf '%-1023s\n' "$(cat header)"; cat; } | age "$@" --output sealed 2> unsealed
}

remove() {
  rclone deletefile "$place/$1" 2> problem || fail "$1 is out of date and can't be removed: $(why)"
  echo "removed $1"
}

# @param 1 What it is, in a word: dump.
store_sealed() {
  bytes="$(size sealed)"
  sum="$(digest < sealed)"
  rclone copyto sealed "$place/$now.age" 2> problem || fail "the $1 can't be stored, and what is stored stays as it was: $(why)"
  rclone cat "$place/$now.age" 2> problem | digest > read-back
  [ "$(cat read-back)" = "$sum" ] || fail "the store does not give back what was sent, and the backup does not count: $(why)"
  printf '%s,"bytes":%s,"sha256":"%s","seconds":%s}\n' \
    "$(sed 's/}$//' header)" "$bytes" "$sum" "$(($(date +%s) - began))" > manifest
  rclone copyto manifest "$place/$now.json" 2> problem || fail "the manifest can't be stored, and the backup does not count: $(why)"
  cat manifest
}

remove_expired() {
  list "$place" stored
  # Whole: a manifest, and what it tells of.
  sed -n 's/\.json$//p' stored | sort -r | while read -r name; do
    if grep -qxF "$name.age" stored; then echo "$name"; fi
  done > whole
  cutoff="$(stamp "$((began - KEEP_DAYS * 86400))")"
  awk -v least="$KEEP_AT_LEAST" -v cutoff="$cutoff" 'NR > least && $0 < cutoff' whole > expired
  while read -r name; do remove "$name.json"; remove "$name.age"; done < expired
  # What broke off long ago never counted.
  yesterday="$(stamp "$((began - 86400))")"
  grep '\.age$' stored | awk -v cutoff="$yesterday" '$0 < cutoff' | while read -r name; do
    if ! grep -qxF "${"$"}{name%.age}.json" stored; then remove "$name"; fi
  done
}
`;
