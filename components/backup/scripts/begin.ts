import { whenReachable } from "../../access/psql.ts";

/**
 * Begins every script: what fails says why in one line, and leaves no half-written file behind. `place` is where the
 * backups of one database of one environment are kept; a backup is there when its manifest is, which comes last.
 */
export const begin = String.raw`set -eu
umask 077
cd "$WORK"
fail() {
  reason="$(echo "$*" | tr '\n' ' ')"
  echo "$DATABASE of $SYSTEM $ENVIRONMENT: $reason" >&2
  exit 1
}
# The line in which a program says why it failed.
why() {
  { grep -m 1 -iE 'error|fatal' problem || tail -n 1 problem; } | sed 's/^[0-9/]* [0-9:]* ERROR : //'
  grep -m 1 '^caused by' problem || :
}
# Times are names: they sort as they passed.
stamp() { date -u -d "@$1" +%Y%m%dT%H%M%SZ; }
digest() { sha256sum | cut -d ' ' -f 1; }
size() { wc -c < "$1" | tr -d ' '; }
# A value of the flat JSON object in a file.
field() { sed -n "s/.*\"$2\":\"\{0,1\}\([^\",}]*\).*/\1/p" "$1"; }
# What is in a folder of the store, into a file; nothing where there is no such folder yet.
list() {
  code=0
  rclone lsf "$1" > "$2" 2> problem || code=$?
  [ "$code" = 0 ] || [ "$code" = 3 ] || fail "the store can't be read: $(why)"
}
await_server() {
${whenReachable}}
began="$(date +%s)"
`;
