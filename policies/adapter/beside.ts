import { Field } from "../../core/rules/reading/field.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { stackType } from "./guarded.ts";
import { readable } from "./props.ts";
import { parseUrn } from "./urn.ts";

/** The component that makes a namespace. */
export const environmentType = "palier:index:Environment";

/** Resources that are no Kubernetes objects and are judged all the same: their kind, and what of them a rule may see. */
const beside: Record<string, { kind: string; seen: readonly string[] }> = {
  [stackType]: { kind: "Stack", seen: [] },
  "pulumi:providers:kubernetes": { kind: "Provider", seen: ["context"] },
  [environmentType]: { kind: "PalierEnvironment", seen: ["profile"] },
  "postgresql:index/role:Role": {
    kind: "PostgresqlRole",
    seen: ["superuser", "createRole", "createDatabase", "bypassRowLevelSecurity", "replication"],
  },
  "postgresql:index/extension:Extension": { kind: "PostgresqlExtension", seen: ["name"] },
  "postgresql:index/grant:Grant": { kind: "PostgresqlGrant", seen: ["privileges", "objectType", "role"] },
};

/** Such a resource as an object to judge; undefined for any other. Nothing of its credentials is seen. */
export function besideKubernetes(urn: string, type: string, props: unknown): KubernetesObject | undefined {
  const known = beside[type];
  if (!known) return undefined;
  const inputs = new Field(readable(props));
  const seen = known.seen.map((key) => [key, inputs.at(key).raw] as const);
  const root = new Field({ metadata: { name: parseUrn(urn).name }, ...Object.fromEntries(seen) });
  return kubernetesObjects(known.kind, root)[0];
}
