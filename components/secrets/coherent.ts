import { ArgumentError, below } from "../argument.ts";
import type { Check } from "../check.ts";
import type { ExternalSecretArgs, SecretSource } from "./args.ts";
import { leastLength } from "./leastLength.ts";
import { sealedBytes } from "./sealedBytes.ts";
import { first, given, type Source, sources } from "./source.ts";

/** One source, and beside it only what that one can do. */
export const coherent: Check = (path, value) => {
  const args = value as SecretSource;
  const [source, ...more] = given(args);
  if (source === undefined || more.length > 0) {
    const is = source === undefined ? "" : `, not ${[source, ...more].join(" and ")}`;
    throw new ArgumentError(path, `give exactly one of ${sources.join(", ")}${is}`);
  }
  checkLength(path, args, source);
  checkRotation(path, args, source);
};

export const oneStore: Check = (path, value) => {
  const { store, clusterStore } = value as ExternalSecretArgs;
  if ((store === undefined) === (clusterStore === undefined)) {
    throw new ArgumentError(path, "give exactly one of store (in the namespace) and clusterStore");
  }
};

/** Every length that can be known is held to the fewest. */
function checkLength(path: string, { generate, sealed, minLength }: SecretSource, source: Source): void {
  const least = leastLength({ minLength });
  if (source === "generate" && generate! < least) {
    throw new ArgumentError(below(path, "generate"), `${generate} is less than minLength, ${least}; give as many`);
  }
  if (source === "sealed") {
    const bytes = sealedBytes(sealed!);
    const command = "kubeseal --raw --scope namespace-wide --namespace NAMESPACE";
    const place = below(path, "sealed");
    if (bytes === undefined) throw new ArgumentError(place, `is no sealed value; give what this prints: ${command}`);
    if (bytes < least) {
      throw new ArgumentError(place, `seals ${bytes} bytes, at least ${least} are needed; seal a longer value`);
    }
  }
  if ((source === "existing" || source === "external") && minLength !== undefined) {
    const reason = `with ${source} the value is in the cluster alone, and nobody here can count it; leave it out`;
    throw new ArgumentError(below(path, "minLength"), reason);
  }
}

const rotatedWhere: Partial<Record<Source, string>> = {
  config: "set the new value: pulumi config set --secret",
  sealed: "seal the new value",
  existing: "name a Secret that holds the new value: pods read it when they start",
};

function checkRotation(path: string, { rotate, overlap }: SecretSource, source: Source): void {
  const instead = rotatedWhere[source];
  if (rotate !== undefined && instead) {
    throw new ArgumentError(below(path, "rotate"), `goes with generate and external, not with ${source}; ${instead}`);
  }
  if (overlap === undefined) return;
  const place = below(path, "overlap");
  if (source !== "generate") throw new ArgumentError(place, `goes with generate, not with ${source}`);
  if (overlap === (rotate ?? first)) {
    throw new ArgumentError(place, `"${overlap}" is the rotation itself; name the one whose value stays valid beside`);
  }
}
