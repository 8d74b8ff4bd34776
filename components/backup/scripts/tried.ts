import { begin } from "./begin.ts";
import { fetch } from "./fetch.ts";

/**
 * Restores the newest backup into a server of its own, which ends with the pod, asks it what was asserted, and writes down
 * what it took: in the log, as metrics there, and as a record beside the backups.
 *
 * @param engine Functions of the shell: `start_server`, `load_into_server`, `ask N`, which sets `value` and `asked`, and `end_server`.
 */
export const tried = (engine: string) => String.raw`${begin}${fetch}${engine}
FROM=latest SOURCE_ENVIRONMENT="$ENVIRONMENT" SOURCE_SERVER="$SERVER" MASK=""
checks="" reason="it ended before its end" name="" rpo="" rto=""

# What is known of the record: what is not is left out.
word() { [ -z "$2" ] || printf '"%s":"%s",' "$1" "$2"; }
number() { [ -z "$2" ] || printf '"%s":%s,' "$1" "$2"; }

record() {
  code=$?
  trap - EXIT
  end_server
  result=passed
  [ "$code" = 0 ] || result=failed
  [ "$code" != 0 ] || reason=""
  printf '{"version":1,"system":"%s","environment":"%s","server":"%s","database":"%s",%s"at":"%s","result":"%s",%s%s%s"assertions":[%s]}\n' \
    "$SYSTEM" "$ENVIRONMENT" "$SERVER" "$DATABASE" "$(word backup "$name")" "$(date -u -d "@$began" +%Y-%m-%dT%H:%M:%SZ)" "$result" \
    "$(word reason "$(printf %s "$reason" | tr '\t' ' ' | tr -d '"\\[:cntrl:]')")" \
    "$(number rpoSeconds "$rpo")" "$(number rtoSeconds "$rto")" "$checks" | tee record
  for metric in "rpo_seconds ${"$"}{rpo:-NaN}" "rto_seconds ${"$"}{rto:-NaN}" "passed $((code == 0))"; do
    echo "palier_drill_$(echo "$metric" | sed "s/ /{system=\"$SYSTEM\",environment=\"$ENVIRONMENT\",server=\"$SERVER\",database=\"$DATABASE\"} /")"
  done
  rclone copyto record "$STORE/$SYSTEM/$ENVIRONMENT/$SERVER.$DATABASE/drills/$(stamp "$began").json" 2> problem || {
    echo "the record can't be stored: $(why)" >&2
    code=1
  }
  exit "$code"
}
trap record EXIT

fetch_backup
rpo="$((began - $(field header at)))"
start_server
load_into_server
rto="$(($(date +%s) - began))"

count=0 failed=0
while [ "$count" -lt "$ASSERTIONS" ]; do
  ask "$count"
  eval "least=\$ASSERTION_${"$"}{count}_AT_LEAST most=\$ASSERTION_${"$"}{count}_AT_MOST"
  echo "$value" | grep -qxE -- '-?[0-9]+(\.[0-9]+)?' || fail "assertion $count gives no number: $asked"
  awk -v value="$value" -v least="$least" -v most="$most" \
    'BEGIN { exit !((least == "" || value + 0 >= least + 0) && (most == "" || value + 0 <= most + 0)) }' ||
    { failed=$((failed + 1)); wrong="$value where at least ${"$"}{least:-anything} and at most ${"$"}{most:-anything} is asserted: $asked"; }
  checks="$checks${"$"}{checks:+,}$value"
  count=$((count + 1))
done
[ "$failed" = 0 ] || fail "$failed of $ASSERTIONS assertions do not hold: $wrong"
[ "$rpo" -le "$RPO_SECONDS" ] || fail "the newest backup is $rpo s old, and no more than $RPO_SECONDS s may be lost"
[ "$rto" -le "$RTO_SECONDS" ] || fail "the restore took $rto s, and $RTO_SECONDS s are allowed"
`;
