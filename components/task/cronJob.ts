import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { runToEnd } from "../job.ts";
import { refuseBad } from "../refuse.ts";
import type { Given } from "../workload/given.ts";
import { overridden } from "../workload/overridden.ts";
import { podLabels, podSpec } from "../workload/pod.ts";
import { settings } from "../workload/settings.ts";
import type { TaskProcessArgs } from "./args.ts";
import type { TaskOverrides } from "./overrides.ts";
import { taskSettings } from "./settings.ts";

type CronJobSpec = k8s.types.input.batch.v1.CronJobSpec;

const policies: Record<string, string> = { forbid: "Forbid", replace: "Replace", allow: "Allow" };

export function cronJobSpec(given: Given, args: TaskProcessArgs): CronJobSpec {
  const { timeZone, startingDeadlineSeconds, concurrency, history, suspend, ...run } = taskSettings(args);
  return {
    schedule: args.schedule,
    timeZone,
    startingDeadlineSeconds,
    concurrencyPolicy: policies[concurrency]!,
    successfulJobsHistoryLimit: history.succeeded,
    failedJobsHistoryLimit: history.failed,
    suspend,
    jobTemplate: {
      metadata: { labels: given.me.labels },
      spec: runToEnd(podSpec({ ...given, settings: settings(args) }), {
        labels: podLabels(given),
        ...run,
      }),
    },
  };
}

/** A process that runs on a schedule. */
export function declareTask(
  given: Given,
  args: TaskProcessArgs,
  overrides: TaskOverrides,
  opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.CronJob {
  const { me, ready } = given;
  const spec = overridden(cronJobSpec(given, args), overrides.cronJob);
  const metadata = { ...me.metadata(me.name), annotations: { [afterAnnotation]: ready } };
  const variables = { metadata: { name: given.variables }, data: given.wiring.variables };
  refuseBad(me, [
    { kind: "CronJob", args: { metadata, spec } },
    { kind: "ConfigMap", args: variables },
  ]);
  return new k8s.batch.v1.CronJob(me.name, { metadata, spec }, opts);
}
