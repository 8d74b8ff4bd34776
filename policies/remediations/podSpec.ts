import type { Inputs } from "./remediation.ts";

const paths: Record<string, readonly string[]> = {
  Pod: ["spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};
const template = ["spec", "template", "spec"];
const workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "Job", "CronJob", "Pod"];

/** The pod of a workload; undefined for any other object, and where it says nothing of one. */
export function podSpec(inputs: Inputs, kind: string): Inputs | undefined {
  if (!workloads.includes(kind)) return undefined;
  return (paths[kind] ?? template).reduce<Inputs | undefined>((at, key) => at?.[key] as Inputs | undefined, inputs);
}
