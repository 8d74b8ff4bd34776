import { containers, podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** The places where a workload names a Secret: variables, volumes, what pulls its images. */
export function secretsNamed(workload: KubernetesObject): Field[] {
  const spec = podSpec(workload);
  if (!spec) return [];
  const variables = containers(workload).flatMap(({ field }) => [
    ...field
      .at("env")
      .items()
      .map((variable) => variable.at("valueFrom", "secretKeyRef", "name")),
    ...field
      .at("envFrom")
      .items()
      .map((source) => source.at("secretRef", "name")),
  ]);
  const volumes = spec
    .at("volumes")
    .items()
    .flatMap((volume) => [
      volume.at("secret", "secretName"),
      volume.at("csi", "nodePublishSecretRef", "name"),
      ...volume
        .at("projected", "sources")
        .items()
        .map((source) => source.at("secret", "name")),
    ]);
  const pull = spec
    .at("imagePullSecrets")
    .items()
    .map((one) => one.at("name"));
  return [...variables, ...volumes, ...pull].filter(({ absent }) => !absent);
}
