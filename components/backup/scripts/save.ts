import { begin } from "./begin.ts";
import { keep } from "./keep.ts";

/** Saves one database: dump, compress and encrypt into a file, and keep it. */
export const save = String.raw`${begin}${keep}
take_place
await_server
number="$(psql --no-psqlrc -At -c 'SHOW server_version_num' 2> problem)" || fail "the server can't be reached: $(why)"
write_header "\"postgres\":$((number / 10000))"
{ pg_dump --format=custom --compress=6 2> problem || : > broken; } | seal ||
  fail "the dump can't be encrypted and written to the volume: $(head -n 1 unsealed)"
[ ! -e broken ] || fail "the dump broke off, and what is stored stays as it was: $(why)"
store_sealed dump
remove_expired
`;
