import type { Change, Manifest } from "./deviation.ts";

const containers = "spec.template.spec.containers[0]";

/** A field of the API's container. */
export const container = (field: string, to: Change["to"]): Change => ({
  of: "Deployment api",
  field: `${containers}.${field}`,
  to,
});

/** A variable that the API gets beside its own. */
export const variable = (name: string, value: string): Change =>
  container("env", (own: object[]) => [...own, { name, value }]);

export const object = (apiVersion: string, kind: string, name: string, rest: object): Manifest => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});

/** An object in AVNIR's namespace of an environment. */
export const placed = (namespace: string, manifest: Manifest): Manifest => ({
  ...manifest,
  metadata: { ...manifest.metadata, namespace },
});

export const inProduction = (manifest: Manifest): Manifest => placed("avnir-production", manifest);

/** A rule that the pack leaves to those who ask for it. */
export const refusing = (rule: string, more: object = {}) => ({ [rule]: { levels: "mandatory", ...more } });
