import { noBarePods } from "../../core/rules/lifecycle/barePods.ts";
import { graceCoversPreStop, preStopStated, rollingUpdate } from "../../core/rules/lifecycle/gracefulEnd.ts";
import { jobsAreRemoved, jobsHaveAnOwner, restartPolicy } from "../../core/rules/lifecycle/jobs.ts";
import { schedules } from "../../core/rules/lifecycle/schedule.ts";
import { inCronJob, manifest, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const cron = (schedule: unknown) =>
  manifest("CronJob", { spec: { schedule, jobTemplate: { spec: { template: { spec: {} } } } } });
const job = (spec: object, metadata: Record<string, unknown> = {}) =>
  manifest("Job", { spec: { template: { spec: {} }, ...spec } }, metadata);
const owned = { ownerReferences: [{ kind: "CronJob", name: "nightly" }] };

table(schedules, {
  refuses: {
    "six fields": cron("0 0 3 * * *"),
    "an hour that is none": cron("0 25 * * *"),
    words: cron("every night"),
    "a backup's": manifest("Schedule", { spec: { schedule: "0 7 * */ *" } }),
  },
  passes: { "every night at three": cron("0 3 * * *"), "another object": manifest("ConfigMap") },
});

table(restartPolicy, {
  refuses: { never: withPod({ restartPolicy: "Never" }), "none said": inCronJob(withPod({})) },
  passes: {
    always: withPod({ restartPolicy: "Always" }),
    "on failure": inCronJob(withPod({ restartPolicy: "OnFailure" })),
  },
});

table(jobsHaveAnOwner, {
  refuses: { "a Job of its own": job({}) },
  passes: { "a CronJob": cron("0 3 * * *"), "a CronJob's": job({}, owned) },
});

const kept = manifest("CronJob", { spec: { jobTemplate: { spec: { ttlSecondsAfterFinished: 60, template: {} } } } });
table(jobsAreRemoved, {
  refuses: { "a Job that stays for ever": job({}), "a CronJob's history cut short": kept },
  passes: { "a Job that goes": job({ ttlSecondsAfterFinished: 3600 }), "a CronJob's Job": job({}, owned) },
});

const sleeps = (seconds: unknown, grace?: unknown) =>
  withPod({
    terminationGracePeriodSeconds: grace,
    containers: [{ name: "api", lifecycle: { preStop: { sleep: { seconds } } } }],
  });
table(graceCoversPreStop, {
  refuses: { "a wait as long as the grace": sleeps(10, 10), "one longer than the default": sleeps(40) },
  passes: { "a shorter one": sleeps(5, 40), none: withPod({ terminationGracePeriodSeconds: 1 }) },
});
table(preStopStated, {
  refuses: { none: withPod({}) },
  passes: { one: sleeps(5) },
});
table(rollingUpdate, {
  refuses: { "all at once": withPod({}, {}, { strategy: { type: "Recreate" } }) },
  passes: { "one by one": withPod({}, {}, { strategy: { type: "RollingUpdate" } }), "the default": withPod({}) },
});
table(noBarePods, {
  refuses: { "a pod of its own": manifest("Pod", { spec: {} }) },
  passes: { "a Deployment": withPod({}), "a controller's": manifest("Pod", { spec: {} }, owned) },
});
