import type { z } from "zod";
import { ruleWith } from "../parameters.ts";
import { type Container, containers, podSpec } from "../reading/containers.ts";
import { Field } from "../reading/field.ts";
import { perObject } from "../reading/perObject.ts";
import type { About, Finding, Rule, Subject } from "../rule.ts";

/** The pod that a workload makes. */
export interface Pod {
  readonly spec: Field;
  /** Its own metadata, which a workload states in its template. */
  readonly metadata: Field;
  readonly containers: readonly Container[];
  /** A patch states some fields only: what is missing means nothing. */
  readonly partial: boolean;
  /** Linux rules do not hold for it. */
  readonly windows: boolean;
}

/** A rule about the pods of every kind of workload. */
export function podRule<Parameters extends z.ZodObject>(
  about: About<Parameters>,
  check: (pod: Pod, given: z.infer<Parameters>) => Finding[],
): Rule {
  return ruleWith(about, (subject, given) => {
    const pod = podOf(subject);
    return pod ? check(pod, given) : [];
  });
}

/** A rule about each container, ordinary, init, sidecar and ephemeral, with the pod it is in. */
export function containerRule<Parameters extends z.ZodObject>(
  about: About<Parameters>,
  check: (container: Container, pod: Pod, given: z.infer<Parameters>) => Finding[],
): Rule {
  return podRule(about, (pod, given) => pod.containers.flatMap((container) => check(container, pod, given)));
}

/** The pod of a workload; undefined for any other object. */
export function podOf({ object }: Pick<Subject, "object">): Pod | undefined {
  return readPod(object);
}

const readPod = perObject((object): Pod | undefined => {
  const spec = podSpec(object);
  if (!spec || spec.absent) return undefined;
  const template = object.kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template"] : ["spec", "template"];
  const path = object.kind === "Pod" ? [] : object.kind === "PodTemplate" ? ["template"] : template;
  return {
    spec,
    metadata: object.root.at(...path, "metadata"),
    containers: containers(object),
    partial: object.partial,
    windows: !spec.unknown && spec.at("os", "name").text === "windows",
  };
});

/** The labels of the pods that a workload makes. */
export const podLabels = perObject((object) => readPod(object)?.metadata.at("labels") ?? new Field(undefined));
