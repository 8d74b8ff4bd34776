import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";
import { schemaErrors } from "../fuzz/kubernetesSchema.ts";

const image = `registry.example/clean@sha256:${"a".repeat(64)}`;
const schedule = "0 3 * * *";

function task(args: Partial<palier.CronTaskArgs> = {}, opts: palier.CronTaskOptions = {}) {
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    new palier.CronTask("clean", { environment, image, schedule, ...args }, opts);
  });
}

async function specOf(args: Partial<palier.CronTaskArgs> = {}) {
  return find(await task(args), "kubernetes:batch/v1:CronJob", "clean").inputs.spec;
}

describe("CronTask", () => {
  it("says of each run when it starts, how late, how long, and never beside another", async () => {
    const { jobTemplate, ...spec } = await specOf();
    assert.deepEqual(spec, {
      schedule,
      timeZone: "Etc/UTC",
      startingDeadlineSeconds: 300,
      concurrencyPolicy: "Forbid",
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      suspend: false,
    });
    assert.equal(jobTemplate.spec.activeDeadlineSeconds, 3600);
    assert.equal(jobTemplate.spec.backoffLimit, 0);
    assert.equal(jobTemplate.spec.template.spec.restartPolicy, "Never");
  });

  it("takes what is asked for instead", async () => {
    const { jobTemplate, ...spec } = await specOf({
      timeZone: "Europe/Paris",
      startingDeadlineSeconds: 60,
      concurrency: "replace",
      history: { succeeded: 0, failed: 7 },
      suspend: true,
      deadlineSeconds: 90,
      retries: 2,
    });
    assert.deepEqual(spec, {
      schedule,
      timeZone: "Europe/Paris",
      startingDeadlineSeconds: 60,
      concurrencyPolicy: "Replace",
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 7,
      suspend: true,
    });
    assert.equal(jobTemplate.spec.activeDeadlineSeconds, 90);
    assert.equal(jobTemplate.spec.backoffLimit, 2);
  });

  it("runs restricted, without a token, on variables of its own", async () => {
    const resources = await task({ variables: { KEEP_DAYS: "30" } });
    const pod = find(resources, "kubernetes:batch/v1:CronJob", "clean").inputs.spec.jobTemplate.spec.template.spec;
    assert.equal(pod.automountServiceAccountToken, false);
    assert.equal(pod.containers[0].securityContext.readOnlyRootFilesystem, true);
    const { data, metadata } = find(resources, "kubernetes:core/v1:ConfigMap", "clean-variables").inputs;
    assert.equal(data.KEEP_DAYS, "30");
    assert.equal(pod.containers[0].envFrom[0].configMapRef.name, metadata.name);
  });

  it("lets its one child be changed, and is refused what the rules refuse", async () => {
    const resources = await task({}, { overrides: { cronJob: (spec) => ({ ...spec, suspend: true }) } });
    assert.equal(find(resources, "kubernetes:batch/v1:CronJob", "clean").inputs.spec.suspend, true);
    await assert.rejects(task({ image: "registry.example/clean:latest" }), /clean breaks the rules of staging:\nimmu/);
  });

  it("is what the API server takes", async () => {
    assert.deepEqual((await task()).flatMap(schemaErrors), []);
  });

  const wrong: [string, Partial<palier.CronTaskArgs>, RegExp][] = [
    ["a schedule that never comes", { schedule: "60 * * * *" }, /schedule: "60 \* \* \* \*" .* five fields of cron/],
    ["a time zone before the schedule", { schedule: `TZ=Europe/Paris ${schedule}` }, /CronTask clean: schedule: /],
    ["a time zone that there is not", { timeZone: "Europe/Lutece" }, /timeZone: "Europe\/Lutece" .* IANA/],
    ["one in small letters, which the cluster does not find", { timeZone: "europe/paris" }, /timeZone: /],
    ["an offset, which is no zone", { timeZone: "+01:00" }, /timeZone: "\+01:00" is not allowed/],
    ["a way to overlap that there is not", { concurrency: "Forbid" }, /one of forbid, replace, allow/],
    ["a run that may start at no time", { startingDeadlineSeconds: 5 }, /from 10 to 86400/],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(task(args), message));
  }
});
