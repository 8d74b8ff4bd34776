import { deepEqual, equal, match, ok } from "node:assert/strict";
import { find } from "../declared.ts";
import { refusedOf } from "../policies/refusedOf.ts";
import { environments, system } from "../systems.ts";
import { containerOf, databaseAddress, deploymentOf, namesOf, secretsOf, variablesOf } from "./parts.ts";

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
}).timeout(60_000);
