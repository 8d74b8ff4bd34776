import type { Field } from "./field.ts";
import { perObject } from "./perObject.ts";

export interface Container {
  /** Undefined while it is not known. */
  readonly name: string | undefined;
  readonly field: Field;
}

const podSpecs: Record<string, string[]> = {
  Pod: ["spec"],
  PodTemplate: ["template", "spec"],
  Deployment: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  ReplicaSet: ["spec", "template", "spec"],
  ReplicationController: ["spec", "template", "spec"],
  Job: ["spec", "template", "spec"],
  Rollout: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** The pod spec of a workload. A custom resource counts as one when it has containers where a Deployment has them. */
export const podSpec = perObject((object): Field | undefined => {
  const path = podSpecs[object.kind];
  if (path) return object.root.at(...path);
  const template = object.root.at("spec", "template", "spec");
  return !template.unknown && !template.at("containers").absent ? template : undefined;
});

/** All containers of a workload: ordinary, init (sidecars included) and ephemeral ones. */
export const containers = perObject((object): readonly Container[] => {
  const spec = podSpec(object);
  if (!spec) return [];
  if (spec.unknown) return [{ name: undefined, field: spec }];
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((list) =>
    spec
      .at(list)
      .items()
      .map((field) => ({ name: field.at("name").title, field })),
  );
});
