import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const command = ["node", "mail.ts"];
const clean = { command: ["node", "clean.ts"], schedule: "0 3 * * *" };

function app(args: Partial<palier.AppArgs>, opts: palier.AppOptions = {}, name = "api") {
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    const links = { DATABASE_URL: db.links["shop"]! };
    const migrate = { command: ["node", "migrate.ts"], rollback: "restore" };
    const secrets = { API_KEY: { generate: 32 } };
    new palier.App(name, { environment, image, links, secrets, migrate, ...args }, opts);
  });
}

describe("the processes of an app", () => {
  it("share its image, links, secrets, account and flags, and start after its migration [YO-33]", async () => {
    const resources = await app({ workers: { mail: { command } }, tasks: { clean } });
    const web = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs;
    const mail = find(resources, "kubernetes:apps/v1:Deployment", "api-mail").inputs;
    const task = find(resources, "kubernetes:batch/v1:CronJob", "api-clean").inputs;
    const pods = [web, mail, { spec: task.spec.jobTemplate.spec }].map(({ spec }) => spec.template.spec);
    for (const pod of pods) {
      assert.equal(pod.serviceAccountName, "api");
      assert.equal(pod.containers[0].image, image);
      assert.deepEqual(pod.containers[0].env, pods[0].containers[0].env);
      assert.deepEqual(pod.volumes, pods[0].volumes);
    }
    assert.deepEqual(
      pods.map(({ containers }) => containers[0].command),
      [undefined, command, clean.command],
    );
    for (const { metadata } of [web, mail, task]) assert.equal(metadata.annotations["palier.dev/after"], "migrated");
    assert.equal(resources.filter(({ type }) => type === "palier:index:Access").length, 1);
  });

  it("are found by the app's network policies, and counted by nothing of the app's own", async () => {
    const resources = await app({ workers: { mail: { command } }, tasks: { clean } });
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-database-url-out").inputs.spec;
    const service = find(resources, "kubernetes:core/v1:Service", "api-service").inputs.spec.selector;
    const mail = find(resources, "kubernetes:apps/v1:Deployment", "api-mail").inputs.spec;
    const task = find(resources, "kubernetes:batch/v1:CronJob", "api-clean").inputs.spec.jobTemplate.spec;
    const matches = (selector: Record<string, string>, labels: Record<string, string>) =>
      Object.entries(selector).every(([key, value]) => labels[key] === value);
    for (const { metadata } of [mail.template, task.template]) {
      assert.ok(matches(out.podSelector.matchLabels, metadata.labels));
      assert.ok(!matches(service, metadata.labels));
    }
    assert.deepEqual(mail.selector.matchLabels, {
      "app.kubernetes.io/name": "api",
      "app.kubernetes.io/component": "worker",
      "palier.dev/process": "mail",
    });
    assert.ok(!matches(mail.selector.matchLabels, task.template.metadata.labels));
    const budget = find(resources, "kubernetes:policy/v1:PodDisruptionBudget", "api-mail-disruption").inputs;
    assert.deepEqual(budget.spec.selector, mail.selector);
  });

  it("have the app's variables and their own, a name of their own and no port", async () => {
    const resources = await app({
      port: 8080,
      variables: { A: "app", B: "app" },
      workers: { mail: { command, variables: { B: "mail" } } },
    });
    const data = (name: string) => find(resources, "kubernetes:core/v1:ConfigMap", name).inputs.data;
    const { PORT, SERVICE_NAME, B, ...shared } = data("api-variables");
    assert.deepEqual([PORT, SERVICE_NAME, B], ["8080", "api", "app"]);
    assert.deepEqual(data("api-mail-variables"), { ...shared, SERVICE_NAME: "api-mail", B: "mail" });
  });

  it("are changed by overrides of their own", async () => {
    const resources = await app(
      { workers: { mail: { command } }, tasks: { clean } },
      {
        overrides: {
          workers: { mail: { deployment: (spec) => ({ ...spec, revisionHistoryLimit: 1 }) } },
          tasks: { clean: { cronJob: (spec) => ({ ...spec, suspend: true }) } },
        },
      },
    );
    assert.equal(find(resources, "kubernetes:apps/v1:Deployment", "api-mail").inputs.spec.revisionHistoryLimit, 1);
    assert.equal(find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.revisionHistoryLimit, 5);
    assert.equal(find(resources, "kubernetes:batch/v1:CronJob", "api-clean").inputs.spec.suspend, true);
  });

  it("are refused by their place: a name of two, one without room, one that says no command", async () => {
    await assert.rejects(
      app({ workers: { clean: { command } }, tasks: { clean } }),
      /App api: tasks\.clean: is a worker and a task, and both would be named after it/,
    );
    await assert.rejects(
      app({ workers: { mail: { command } } }, {}, "a".repeat(36)),
      /workers\.mail: with the app's name it has 41 characters, and there is room for 40; shorten one of them/,
    );
    await assert.rejects(app({ workers: { mail: {} as never } }), /App api: workers\.mail\.command: is missing/);
    await assert.rejects(
      app({ workers: { mail: { command, scale: { min: 3, max: 2 } } } }),
      /App api: workers\.mail\.scale\.max: 2 is not allowed; give a whole number from 3 to 1000/,
    );
  });
});
