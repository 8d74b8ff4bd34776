import { deepEqual } from "node:assert/strict";
import { setTimeout as after } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

/** What runs an app's image: a rollout of it, and what its schedules start. */
const runs = /:(Deployment|CronJob)$/;

/** What is there before the Job that ends former logins, where what runs beside an app takes longer. */
async function beforeRetirement(declare: (shared: Pick<palier.AppArgs, "environment" | "image" | "links">) => void) {
  const made: string[] = [];
  const newResource = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
    if (runs.test(type)) await after(name.includes("-") ? 600 : 200);
    if (runs.test(type) || name.endsWith("-retire")) made.push(name);
    return { id: `${name}-id`, state: { ...inputs, result: "r".repeat(32), certPem: "", certRequestPem: "" } };
  };
  await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "shop", "staging", false);
  pulumi.runtime.setAllConfig({ "palier:context": "test" });
  await pulumi.runtime.runInPulumiStack(async () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    declare({ environment, image, links: { DATABASE_URL: db.links["shop"]! } });
  });
  await pulumi.runtime.disconnect();
  const retirement = made.findIndex((name) => name.endsWith("-retire"));
  return made.slice(0, retirement).sort();
}

describe("the Job that ends former logins", function () {
  this.timeout("20s");

  it("comes after whatever runs an app's image has the new one: its processes, and its tasks [MP-129]", async () => {
    const workers = { mail: { command: ["mail"] } };
    const tasks = { clean: { command: ["clean"], schedule: "0 3 * * *" } };
    for (const [more, others] of [
      [{ workers }, ["api-mail"]],
      [{ tasks }, ["api-clean"]],
    ] as const) {
      const names = await beforeRetirement((shared) => new palier.App("api", { ...shared, ...more }));
      deepEqual(names, ["api", ...others]);
    }
  });

  it("comes after the rollout of a worker, and after a task [MP-129]", async () => {
    deepEqual(await beforeRetirement((shared) => new palier.Worker("index", shared)), ["index"]);
    const schedule = "0 3 * * *";
    deepEqual(await beforeRetirement((shared) => new palier.CronTask("report", { ...shared, schedule })), ["report"]);
  });
});
