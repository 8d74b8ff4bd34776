import { begin } from "../begin.ts";
import { keep } from "../keep.ts";
import { tools } from "./tools.ts";

/** Saves one database of a MongoDB: dump as an archive, compress and encrypt into a file, and keep it. */
export const saveMongo = String.raw`${begin}${keep}${tools}
take_place
address "$MONGO_ADDRESS"
write_header "\"mongo\":\"$(mongodump --version | sed -n 's/^mongodump version: *//p' | tr -cd '[:alnum:].-')\""
{ mongo mongodump --archive --gzip --excludeCollection "$MARK" 2> problem || : > broken; } | seal ||
  fail "the dump can't be encrypted and written to the volume: $(head -n 1 unsealed)"
[ ! -e broken ] || fail "the dump broke off, and what is stored stays as it was: $(told)"
grep -q 'done dumping' problem ||
  fail "the server has no collection in $DATABASE, and what is stored stays as it was: is that the database's name?"
store_sealed dump
remove_expired
`;
