import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** What can't be changed of a live workload: the provider deletes it, and makes another. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["selector"],
  DaemonSet: ["selector"],
  ReplicaSet: ["selector"],
  StatefulSet: ["selector", "volumeClaimTemplates", "serviceName"],
};

/** Those fields of a workload, whether or not they are stated. */
export function fixedOf({ kind, root }: KubernetesObject): Field[] {
  return (fixed[kind] ?? []).map((key) => root.at("spec", key));
}

/** Those that are stated and wholly known, as JSON by their path. */
export function fixedFields(object: KubernetesObject): Record<string, string> {
  const known = fixedOf(object).map((field) => [field.path, writtenOut(field)] as const);
  return Object.fromEntries(known.filter((one): one is [string, string] => one[1] !== undefined));
}

/** A value as JSON with its keys sorted; undefined for none, and while any of it is not known, or is secret. */
export function writtenOut(field: Field): string | undefined {
  if (field.absent || field.leaves().some(({ unknown, secret }) => unknown || secret)) return undefined;
  const claims = field.key === "volumeClaimTemplates";
  return JSON.stringify(claims ? field.items().map(plainClaim) : field.raw, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** A claim without what says nothing: to state a default changes nothing. */
function plainClaim(claim: Field): unknown {
  const { volumeMode, ...spec } = { ...(claim.at("spec").raw as { volumeMode?: unknown } | undefined) };
  const mode = volumeMode === "Filesystem" ? {} : { volumeMode };
  return { metadata: claim.at("metadata").raw, spec: { ...spec, ...mode } };
}
