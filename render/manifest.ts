import type { Declared } from "./declared.ts";
import { RenderError } from "./project.ts";

/** A Kubernetes object as it would be sent to the API server. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the kind's, and tests read deep into it
  readonly [field: string]: any;
}

/** Resources that are no objects themselves: the provider unfolds them, which nobody else can. */
const unfolded = /^kubernetes:(helm\.sh|yaml|kustomize)\b/;

/** The Kubernetes objects that a resource is; none where it is something else. */
export function manifestsOf({ type, name, inputs }: Declared): Manifest[] {
  if (!type.startsWith("kubernetes:")) return [];
  if (unfolded.test(type)) {
    throw new RenderError(`${type} "${name}" is unfolded by its provider, so it can't be rendered without one.`);
  }
  return unfold(known(inputs) as Manifest);
}

function unfold(object: Manifest): Manifest[] {
  const { apiVersion, kind, metadata, ...rest } = object;
  if (/List$/.test(kind) && Array.isArray(rest["items"])) return (rest["items"] as Manifest[]).flatMap(unfold);
  const { name, namespace, ...more } = metadata;
  const place = namespace === undefined ? { name } : { name, namespace };
  return [{ apiVersion, kind: kind.replace(/(?<=.)Patch$/, ""), metadata: { ...place, ...more }, ...rest }];
}

/** Without what the program left undefined. */
function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(known);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, known(inner)]));
}

/** `spec.replicas` belongs to the autoscaler where there is one: whoever applies it would undo its count. */
export function leaveReplicasToScalers(manifests: readonly Manifest[]): Manifest[] {
  const scaled = new Set(
    manifests.flatMap(({ kind, metadata, spec }) =>
      kind === "HorizontalPodAutoscaler"
        ? [`${metadata.namespace}/${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`]
        : [],
    ),
  );
  return manifests.map((manifest) => {
    const { kind, metadata, spec } = manifest;
    if (spec?.replicas === undefined || !scaled.has(`${metadata.namespace}/${kind}/${metadata.name}`)) return manifest;
    const { replicas, ...rest } = spec;
    return { ...manifest, spec: rest };
  });
}
