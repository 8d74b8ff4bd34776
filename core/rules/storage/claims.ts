import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** Where an object asks for a volume, each by the field that names its storage class. */
export function storageClasses(object: KubernetesObject): Field[] {
  const { kind, root } = object;
  const own = kind === "PersistentVolumeClaim" ? [root] : [];
  const templates = kind === "StatefulSet" ? root.at("spec", "volumeClaimTemplates").items() : [];
  const volumes = podSpec(object)?.at("volumes").items() ?? [];
  const ephemeral = volumes
    .filter((volume) => !volume.unknown)
    .map((volume) => volume.at("ephemeral", "volumeClaimTemplate"))
    .filter(({ absent }) => !absent);
  return [
    ...[...own, ...templates, ...ephemeral].map((claim) => claim.at("spec", "storageClassName")),
    ...(kind === "Cluster" ? clusterClasses(root) : []),
  ];
}

/** CloudNativePG's Cluster: its claims are made by the operator. */
function clusterClasses(root: Field): Field[] {
  return ["storage", "walStorage"]
    .map((key) => root.at("spec", key))
    .filter(({ absent }) => !absent)
    .map((storage) => storage.at("storageClass"));
}
