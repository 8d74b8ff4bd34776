import { tried } from "../tried.ts";
import { loadMongo } from "./load.ts";
import { tools } from "./tools.ts";

/** The trial of a MongoDB's backup: a `mongod` in the pod, of which whole documents are counted. */
export const drillMongo = tried(String.raw`${tools}${loadMongo}
end_server() { [ -z "${"$"}{server:-}" ] || kill -9 "$server" 2> /dev/null || :; }
start_server() {
  address "mongodb://127.0.0.1:27017"
  mkdir data
  mongod --dbpath data --bind_ip 127.0.0.1 --port 27017 --nounixsocket --wiredTigerCacheSizeGB 0.25 > started 2>&1 &
  server=$!
  mongo mongoexport --collection "$MARK" > /dev/null 2> problem || fail "the throwaway server does not start: $(tail -n 1 started)"
}
load_into_server() { load_archive; }
ask() {
  eval "asked=\$ASSERTION_$1_COLLECTION query=\$ASSERTION_$1_QUERY"
  [ -n "$query" ] || query='{}'
  mongo mongoexport --collection "$asked" --query "$query" --fields _id > counted 2> problem ||
    fail "assertion $1 can't be asked: $(told)"
  value="$(wc -l < counted | tr -d ' ')"
  asked="documents of $asked $query"
}
`);
