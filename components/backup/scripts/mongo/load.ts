/**
 * Loads a fetched archive into the database that is connected to. MongoDB has no transaction over so much: what broke off is
 * begun anew, and counts once every document is there.
 */
export const loadMongo = `
load_archive() {
  [ -n "$(field header mongo)" ] || fail "backup $name holds no archive of a MongoDB"
  mongo mongorestore --nsInclude "$DATABASE.*" --archive --gzip --drop --stopOnError < backup > /dev/null 2> problem &&
    grep -q ' 0 document(s) failed' problem || fail "backup $name can't be restored: $(told)"
}
`;
