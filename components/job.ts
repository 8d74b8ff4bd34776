import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Resources } from "../core/profile.ts";
import { restrictedContainer, restrictedPod } from "./podSecurity.ts";
import { requirements } from "./resources.ts";

/** How a pod runs to its end. */
export interface Run {
  /** The pod's labels. They are no app's selector, or its Service would send traffic to the Job. */
  labels: Record<string, string>;
  /** The pod's: as long as they stay the same, so does the Job. */
  annotations?: { [annotation: string]: pulumi.Input<string> };
  /** Seconds until it counts as failed, tries included. */
  deadlineSeconds: number;
  /** How often it is tried again. */
  retries: number;
}

/** Work that is done once. */
export interface Once extends Run {
  /** Uid to run as, never 0. */
  user: number;
  containers: types.input.core.v1.Container[];
  volumes: types.input.core.v1.Volume[];
  /** @default cpu 50m, memory 128Mi */
  size?: Resources;
  /** @default the cluster's */
  priorityClassName?: pulumi.Input<string>;
}

/** A pod that runs to its end, as often as it may be tried and for as long as that may take. */
export function runToEnd(
  pod: types.input.core.v1.PodSpec,
  { labels, annotations, retries, deadlineSeconds }: Run,
): types.input.batch.v1.JobSpec {
  return {
    backoffLimit: retries,
    activeDeadlineSeconds: deadlineSeconds,
    template: { metadata: { labels, annotations }, spec: { restartPolicy: "Never", ...pod } },
  };
}

export function once(work: Once): types.input.batch.v1.JobSpec {
  const pod = {
    priorityClassName: work.priorityClassName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(work.user),
    containers: work.containers.map((container) => ({
      ...container,
      resources: requirements(work.size ?? { cpu: "50m", memory: "128Mi" }),
      securityContext: restrictedContainer,
      volumeMounts: [...((container.volumeMounts as []) ?? []), { name: "temporary", mountPath: "/tmp" }],
    })),
    volumes: [...work.volumes, { name: "temporary", emptyDir: { sizeLimit: "64Mi" } }],
  };
  return runToEnd(pod, work);
}

/** The engine waits for as long as a Job may take; by itself it would give up after ten minutes. */
export function waitedFor(deadlineSeconds: number): Pick<pulumi.CustomResourceOptions, "customTimeouts"> {
  const timeout = `${deadlineSeconds + 60}s`;
  return { customTimeouts: { create: timeout, update: timeout } };
}

/** A failed Job is made again by the next `up`; without this it would fail for ever, since Jobs can't be changed. */
export const triedAgain = { "pulumi.com/replaceUnready": "true" };
