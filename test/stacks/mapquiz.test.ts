import { deepEqual, equal, match, ok } from "node:assert/strict";
import { find } from "../declared.ts";
import { refusedOf } from "../policies/refusedOf.ts";
import { environments, system } from "../systems.ts";
import { containerOf, databaseAddress, deploymentOf, namesOf, redisSettings, secretsOf, variablesOf } from "./parts.ts";

const mapquiz = (stack: string, changes = {}) => system("mapquiz", stack, changes);
const jobs = (resources: Awaited<ReturnType<typeof mapquiz>>) => namesOf(resources, "kubernetes:batch/v1:Job");

describe("MapQuiz", () => {
  const addresses = {
    dev: "http://localhost:3000",
    staging: "https://staging.mapquiz.example",
    production: "https://backend-solitary-moon-1875.fly.dev",
  };
  it("is told the public address, OAuth client and repository of its environment [MQ-26 MQ-27 MQ-29 MQ-33 MQ-34]", async () => {
    const clients = new Set<string>();
    for (const stack of environments) {
      const variables = variablesOf(await mapquiz(stack));
      deepEqual([variables["BETTER_AUTH_URL"], variables["SERVER_URL"]], [addresses[stack], addresses[stack]]);
      deepEqual(variables["GITHUB_REPO_OWNER"], "mapquiz");
      match(variables["GITHUB_REPO_NAME"]!, /^questions/);
      clients.add(variables["GOOGLE_CLIENT_ID"]!);
    }
    equal(clients.size, environments.length);
  });

  it("has a Postgres of its own in staging too, which its document only plans [MQ-03 MQ-24 MQ-79]", async () => {
    const resources = await mapquiz("staging");
    const { hostname, port, pathname } = databaseAddress(resources);
    deepEqual([hostname, port, pathname], ["db", "5432", "/mapquiz_staging"]);
    ok(find(resources, "kubernetes:apps/v1:StatefulSet", "db"));
    equal(databaseAddress(await mapquiz("production")).pathname, "/mapquiz");
  });

  it("takes its secrets out of Secrets, and makes the one of 64 characters itself [MQ-25 MQ-28 MQ-32]", async () => {
    const resources = await mapquiz("production");
    deepEqual(secretsOf(resources).sort(), [
      "BETTER_AUTH_SECRET",
      "DATABASE_URL",
      "GITHUB_TOKEN",
      "GOOGLE_CLIENT_SECRET",
    ]);
    const made = find(resources, "random:index/randomPassword:RandomPassword", "api-secrets-BETTER_AUTH_SECRET");
    equal(made.inputs.length, 64);
  });

  it("listens on 3000, is production, starts within 30 s and stays below 512 MB [MQ-30 MQ-31 MQ-43 MQ-75 C-03 C-04]", async () => {
    const resources = await mapquiz("production");
    const { ports, startupProbe, readinessProbe, livenessProbe, resources: size } = containerOf(resources);
    const { PORT, NODE_ENV } = variablesOf(resources);
    deepEqual([ports[0].containerPort, PORT, NODE_ENV], [3000, "3000", "production"]);
    ok(startupProbe.periodSeconds * startupProbe.failureThreshold <= 30);
    ok([startupProbe, readinessProbe, livenessProbe].every(({ timeoutSeconds = 1 }) => timeoutSeconds <= 5));
    equal(size.limits.memory, "512M");
    equal(deploymentOf(resources).spec.progressDeadlineSeconds, 180);
  });

  it("runs its sources by tsx where the stack file of dev says so, and its image's own command elsewhere [MQ-69]", async () => {
    const command = ["npx", "tsx", "watch", "src/index.ts"];
    deepEqual(containerOf(await mapquiz("dev", { "mapquiz:command": command })).command, command);
    for (const stack of environments) equal(containerOf(await mapquiz(stack)).command, undefined);
  });

  it("pools its connections, and all pools together fit the database [MQ-70]", async () => {
    const production = await mapquiz("production");
    equal(variablesOf(production)["DATABASE_POOL_MAX"], "5");
    deepEqual(
      refusedOf("production", production).filter((line) => line.startsWith("connections-fit-the-database")),
      [],
    );
  });

  it("migrates by Prisma before it starts, but for a release that says it does not [MQ-10 MQ-47 C-01]", async () => {
    const resources = await mapquiz("production");
    ok(jobs(resources).includes("api-migrate-job"));
    const job = find(resources, "kubernetes:batch/v1:Job", "api-migrate-job").inputs;
    deepEqual(job.spec.template.spec.containers[0].command, ["npx", "--no", "prisma", "migrate", "deploy"]);
    ok(!jobs(await mapquiz("production", { "mapquiz:migrate": false })).includes("api-migrate-job"));
  });

  it("tells its WebSockets to end one after the other, within its time [MQ-64]", async () => {
    const resources = await mapquiz("production");
    equal(variablesOf(resources)["WEBSOCKET_DRAIN_SECONDS"], "10");
    ok(deploymentOf(resources).spec.template.spec.terminationGracePeriodSeconds >= 5 + 30 + 10);
  });

  it("has 180 s to roll out and 120 s to migrate: five minutes in all [MQ-21 MQ-41 C-02]", async () => {
    const resources = await mapquiz("production");
    const migration = find(resources, "kubernetes:batch/v1:Job", "api-migrate-job").inputs.spec.activeDeadlineSeconds;
    const { progressDeadlineSeconds } = deploymentOf(resources).spec;
    deepEqual([progressDeadlineSeconds, migration], [180, 120]);
    ok(progressDeadlineSeconds + migration <= 300);
  });

  it("keeps sessions and a cache in Redis once its stack says so, and has none before [MQ-86]", async () => {
    const servers = (resources: Awaited<ReturnType<typeof mapquiz>>) =>
      namesOf(resources, "kubernetes:apps/v1:StatefulSet");
    deepEqual(servers(await mapquiz("staging")), ["db"]);
    const later = await mapquiz("staging", { "mapquiz:redis": true });
    deepEqual(servers(later), ["cache", "db", "sessions"]);
    ok(["SESSION_REDIS_URL", "CACHE_REDIS_URL"].every((name) => secretsOf(later).includes(name)));
    match(redisSettings(later, "sessions"), /volatile-ttl/);
    match(redisSettings(later, "cache"), /allkeys-l[rf]u/);
    deepEqual(refusedOf("staging", later), []);
  });

  it("has every metric of its process read, those of its business too [MQ-82]", async () => {
    const resources = await mapquiz("production");
    const [endpoint, ...more] = find(resources, "kubernetes:monitoring.coreos.com/v1:ServiceMonitor", "api-monitor")
      .inputs.spec.endpoints;
    deepEqual([endpoint, more], [{ port: "http", path: "/metrics", interval: "30s" }, []]);
  });

  it("tells Slack and a mailbox of its alerts, with secrets by reference alone [MQ-77 MQ-83]", async () => {
    const { spec } = find(
      await mapquiz("staging"),
      "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig",
      "monitoring-receivers",
    ).inputs;
    const [everyone, ...others] = spec.receivers;
    deepEqual(everyone.slackConfigs[0].apiURL, { name: "alerts", key: "slack" });
    deepEqual(
      [everyone.emailConfigs[0].to, everyone.emailConfigs[0].authPassword],
      ["team@mapquiz.example", { name: "alerts", key: "mail" }],
    );
    deepEqual(others, []);
    deepEqual(namesOf(await mapquiz("dev"), "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig"), []);
  });
}).timeout(60_000);
