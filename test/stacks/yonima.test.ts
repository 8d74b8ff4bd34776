import { deepEqual, equal, match, ok } from "node:assert/strict";
import { requiredExtensions } from "../../core/rules/database/requiredExtensions.ts";
import { type Declared, find } from "../declared.ts";
import type { Manifest } from "../rules/manifests.ts";
import { judge } from "../rules/table.ts";
import { imagesOf, system } from "../systems.ts";
import { containerOf, databaseAddress, deploymentOf, namesOf, redisSettings, secretsOf, variablesOf } from "./parts.ts";

const lacking = (resources: Declared[]) => {
  const manifests = resources.filter(({ type }) => type.startsWith("kubernetes:")).map(({ inputs }) => inputs);
  return judge(requiredExtensions, { set: { extensions: ["postgis"] }, of: manifests as [Manifest, ...Manifest[]] });
};

const yonima = (stack: string, changes = {}) => system("yonima", stack, changes);

describe("YONIMA", () => {
  it("keeps its queue and its sessions apart: one evicts nothing, the other what ends first [YO-09 C-56]", async () => {
    const resources = await yonima("production");
    const [queue, sessions] = [redisSettings(resources, "queue"), redisSettings(resources, "sessions")];
    match(queue, /noeviction/);
    match(queue, /^appendonly yes$/m);
    match(sessions, /volatile-ttl/);
    ok(["REDIS_URL", "SESSION_REDIS_URL"].every((name) => secretsOf(resources).includes(name)));
  });

  it("does its jobs in a process of its own, with the backend's image and links [YO-07 YO-21 YO-52 C-59]", async () => {
    const resources = await yonima("production");
    const [api, worker] = [containerOf(resources), containerOf(resources, "api-queue")];
    equal(worker.image, api.image);
    deepEqual(worker.command, ["node", "worker.ts"]);
    for (const app of ["api", "api-queue"]) {
      ok(["DATABASE_URL", "REDIS_URL"].every((name) => secretsOf(resources, app).includes(name)));
    }
    equal(databaseAddress(resources).pathname, "/yonima");
    deepEqual([variablesOf(resources)["PORT"], variablesOf(resources, "api-queue")["PORT"]], ["3000", undefined]);
    deepEqual(worker.livenessProbe.exec.command.slice(0, 2), ["sh", "-c"]);
  });

  it("is built as yonima-backend, once, and then runs by its digest [YO-28 YO-32]", async () => {
    const { api: _, ...images } = { ...imagesOf("yonima"), node: "registry.example/node:24" };
    const dev = await yonima("dev", { "yonima:images": images, "yonima:registry": "registry.example" });
    equal(find(dev, "docker:index/image:Image", "api-image").inputs.imageName, "registry.example/yonima-backend:dev");
    match(containerOf(dev).image, /@sha256:[0-9a-f]{64}$/);
    const staging = await yonima("staging");
    deepEqual(namesOf(staging, "docker:index/image:Image"), []);
    equal(containerOf(staging).image, imagesOf("yonima").api);
  });

  it("is highly available, and lives by the time of Dakar [YO-01]", async () => {
    const resources = await yonima("production");
    equal(variablesOf(resources)["TZ"], "Africa/Dakar");
    for (const app of ["api", "api-queue"]) {
      ok(deploymentOf(resources, app).spec.replicas >= 2);
      equal(deploymentOf(resources, app).spec.strategy.rollingUpdate.maxUnavailable, 0);
    }
    deepEqual(namesOf(resources, "kubernetes:policy/v1:PodDisruptionBudget"), [
      "api-disruption",
      "api-queue-disruption",
    ]);
  });

  it("migrates by Prisma before the new containers start, and goes back by the last backup [YO-33 YO-37 C-54]", async () => {
    const job = find(await yonima("production"), "kubernetes:batch/v1:Job", "api-migrate-job").inputs;
    deepEqual(job.spec.template.spec.containers[0].command, ["npx", "--no", "prisma", "migrate", "deploy"]);
    equal(job.metadata.annotations["palier.dev/rollback"], "restore");
  });

  it("has PostGIS in the database of every environment before its migration runs [YO-08 YO-38 R-54]", async () => {
    for (const stack of ["dev", "staging", "production"]) {
      const resources = await yonima(stack);
      const job = find(resources, "kubernetes:batch/v1:Job", "api-database-url-job").inputs;
      const { env } = job.spec.template.spec.containers[0];
      equal(env.find(({ name }: { name: string }) => name === "EXTENSIONS").value, "postgis");
      deepEqual(lacking(resources), [], stack);
    }
    match(
      JSON.stringify(lacking(await yonima("production", { "yonima:extensions": [] }))),
      /is made by nothing in this stack/,
    );
  });

  it("may have its database at Supabase: the same links, over TLS that is verified by its authority [YO-08 MP-35]", async () => {
    const managed = {
      host: "db.abc.supabase.co",
      authority: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    };
    const resources = await yonima("production", { "yonima:managed": managed });
    deepEqual(namesOf(resources, "kubernetes:apps/v1:StatefulSet"), ["queue", "sessions"]);
    const { hostname, pathname, searchParams } = databaseAddress(resources);
    deepEqual([hostname, pathname, searchParams.get("sslmode")], ["db.abc.supabase.co", "/yonima", "verify-full"]);
    deepEqual(lacking(resources), []);
  });

  it("tells its health at /health, which no probe asks [YO-34 C-24]", async () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(await yonima("production"));
    const asked = [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.path);
    ok(!asked.includes("/health"));
  });

  it("tells in its database's log what takes half a second, without what it was asked with [YO-41]", async () => {
    for (const stack of ["staging", "production"]) {
      const { args } = find(await yonima(stack), "kubernetes:apps/v1:StatefulSet", "db").inputs.spec.template.spec
        .containers[0];
      ok(
        args.includes("log_min_duration_statement=500ms") && args.includes("log_parameter_max_length=0"),
        args.join(" "),
      );
    }
  });
}).timeout(60_000);
