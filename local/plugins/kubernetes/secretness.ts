import { hasSecrets, isPropertyMap, type PropertyMap, reveal, Secret, type Value } from "../../grpc/values.ts";

/**
 * Marks in `outs` what was a secret in `ins`, and the contents of every Secret whether marked or not. Objects are
 * entered, so that one secret value doesn't hide a whole Deployment; a list with a secret in it is hidden as a whole.
 */
export function annotateSecrets(outs: PropertyMap, ins: PropertyMap): PropertyMap {
  const marked: PropertyMap = { ...outs };
  if (outs["kind"] === "Secret") {
    for (const key of ["data", "stringData"]) if (outs[key] !== undefined) marked[key] = new Secret(reveal(outs[key]));
    return marked;
  }
  for (const [key, given] of Object.entries(ins)) {
    const out = outs[key];
    if (out !== undefined && given !== undefined) marked[key] = annotate(out, given);
  }
  return marked;
}

function annotate(out: Value, given: Value): Value {
  if (out instanceof Secret) return out;
  const inner = given instanceof Secret ? given.value : given;
  if (!(given instanceof Secret) && isPropertyMap(out) && isPropertyMap(inner)) return annotateSecrets(out, inner);
  return given instanceof Secret || hasSecrets(given) ? new Secret(out) : out;
}
