/** In which collection a restored database says where it came from; no backup takes it along. */
export const mark = "palier_restored";

/**
 * MongoDB's own tools, at the server that `MONGO_ADDRESS` names. They read it from a file, since a process shows its arguments, and
 * name it whole in what they say of a connection that fails, so its credentials are taken out there. Where a server is lost they
 * would wait for it without an end: `PATIENCE` is one, in seconds.
 */
export const tools = String.raw`
MARK=${mark}
address() { printf "uri: '%s'\n" "$(printf %s "$1" | sed "s/'/''/g")" > address; }
mongo() {
  program="$1" ended=0
  shift
  timeout -k 10 "$PATIENCE" "$program" --config address --db "$DATABASE" "$@" 2> said || ended=$?
  [ "$ended" -lt 124 ] || echo " Failed: the server is silent, or it takes more than $PATIENCE s" >> said
  sed 's#://[^ ]*@#://***@#g' said >&2
  return "$ended"
}
# The line in which a tool says why it failed.
told() { sed -n 's/^[^ \t]*[ \t]*Failed: //p' problem | grep . || why; }
`;
