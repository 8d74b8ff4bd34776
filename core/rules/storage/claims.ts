import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** The volume claims that an object is, or that are made for each of its pods. */
export function claims(object: KubernetesObject): Field[] {
  const { kind, root } = object;
  const own = kind === "PersistentVolumeClaim" ? [root] : [];
  const templates = kind === "StatefulSet" ? root.at("spec", "volumeClaimTemplates").items() : [];
  const volumes = podSpec(object)?.at("volumes").items() ?? [];
  const ephemeral = volumes
    .filter((volume) => !volume.unknown)
    .map((volume) => volume.at("ephemeral", "volumeClaimTemplate"))
    .filter(({ absent }) => !absent);
  return [...own, ...templates, ...ephemeral];
}

/** Where an object asks for a volume, each by the field that names its storage class. */
export function storageClasses(object: KubernetesObject): Field[] {
  return [
    ...claims(object).map((claim) => claim.at("spec", "storageClassName")),
    ...(object.kind === "Cluster" ? clusterClasses(object.root) : []),
  ];
}

/** CloudNativePG's Cluster: its claims are made by the operator. */
function clusterClasses(root: Field): Field[] {
  return ["storage", "walStorage"]
    .map((key) => root.at("spec", key))
    .filter(({ absent }) => !absent)
    .map((storage) => storage.at("storageClass"));
}
