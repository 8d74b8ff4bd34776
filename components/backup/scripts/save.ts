import { begin } from "./begin.ts";

/**
 * Saves one database: dump, compress and encrypt into a file, send it, read it back whole, and then say by its manifest
 * that it is there. Only after that the old ones go. Whatever breaks off before leaves every older backup as it was.
 */
export const save = String.raw`${begin}
place="$STORE/$SYSTEM/$ENVIRONMENT/$SERVER.$DATABASE"
now="$(stamp "$began")"

list "$STORE/$SYSTEM" environments
others="$(grep -vx "$ENVIRONMENT/" environments || :)"
[ -z "$others" ] || fail "the store holds backups of $(echo $others) too: give each environment a bucket or a prefix of its own"

await_server
number="$(psql --no-psqlrc -At -c 'SHOW server_version_num' 2> problem)" || fail "the server can't be reached: $(why)"
printf '{"version":1,"system":"%s","environment":"%s","server":"%s","database":"%s","postgres":%s,"at":%s}' \
  "$SYSTEM" "$ENVIRONMENT" "$SERVER" "$DATABASE" "$((number / 10000))" "$began" > header

for recipient in $AGE_RECIPIENTS; do set -- "$@" --recipient "$recipient"; done
{
  # What is sealed with the rows says whose they are: nobody can change it without the key.
  printf '%-1023s\n' "$(cat header)"
  pg_dump --format=custom --compress=6 2> problem || : > broken
} | age "$@" --output sealed 2> unsealed || fail "the dump can't be encrypted and written to the volume: $(head -n 1 unsealed)"
[ ! -e broken ] || fail "the dump broke off, and what is stored stays as it was: $(why)"

bytes="$(size sealed)"
sum="$(digest < sealed)"
rclone copyto sealed "$place/$now.age" 2> problem || fail "the dump can't be stored, and what is stored stays as it was: $(why)"
rclone cat "$place/$now.age" 2> problem | digest > read-back
[ "$(cat read-back)" = "$sum" ] || fail "the store does not give back what was sent, and the backup does not count: $(why)"
printf '%s,"bytes":%s,"sha256":"%s","seconds":%s}\n' \
  "$(sed 's/}$//' header)" "$bytes" "$sum" "$(($(date +%s) - began))" > manifest
rclone copyto manifest "$place/$now.json" 2> problem || fail "the manifest can't be stored, and the backup does not count: $(why)"
cat manifest

remove() {
  rclone deletefile "$place/$1" 2> problem || fail "$1 is out of date and can't be removed: $(why)"
  echo "removed $1"
}
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
`;
