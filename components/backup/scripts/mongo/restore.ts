import { begin } from "../begin.ts";
import { fetch } from "../fetch.ts";
import { loadMongo } from "./load.ts";
import { tools } from "./tools.ts";

/**
 * Fills a database of a MongoDB that holds no collection yet. It may run again: what it has once restored it leaves alone, what
 * broke off it begins anew, and a database with collections of its own it never touches.
 */
export const restoreMongo = String.raw`${begin}${fetch}${tools}${loadMongo}
mark() {
  printf '{"_id":"restore","from":"%s","state":"%s"}\n' "$SOURCE_ENVIRONMENT/$name" "$1" |
    mongo mongoimport --collection "$MARK" --mode upsert > /dev/null 2> problem || fail "the server takes no document: $(told)"
}
address "$MONGO_ADDRESS"
mongo mongoexport --collection "$MARK" > marked 2> problem || fail "the server can't be reached: $(told)"
if [ "$(field marked state)" = done ]; then
  echo "restored by Palier from $(field marked from) already"
  exit 0
fi
if [ ! -s marked ]; then
  mongo mongodump --archive=/dev/null > /dev/null 2> problem || fail "the server can't be read: $(told)"
  collections="$(grep -c 'done dumping' problem || :)"
  [ "$collections" = 0 ] ||
    fail "the database holds $collections collections, and nothing is restored over them: restore into a new one"
fi
fetch_backup
[ "$(field header environment)" = "$ENVIRONMENT" ] ||
  fail "backup $name holds what people left in $(field header environment), and this is $ENVIRONMENT: nothing masks a MongoDB's"
mark begun
load_archive
mark done
echo "restored $name of $SOURCE_ENVIRONMENT in $(($(date +%s) - began)) s"
`;
