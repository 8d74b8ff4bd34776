import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { bytes } from "../../core/quantity.ts";
import { type Declared, find, type Stack } from "../declared.ts";
import { refusedOf } from "../policies/refusedOf.ts";
import { environments, imagesOf, system } from "../systems.ts";
import { containerOf, databaseAddress, namesOf, secretsOf, variablesOf } from "./parts.ts";

const mecapy = (stack: string, changes = {}) => system("mecapy", stack, changes);
const keycloakImage = `registry.example/mecapy/keycloak@sha256:${"d".repeat(64)}`;
const withKeycloak = (stack: string, image = keycloakImage, begun?: Stack["begun"]) =>
  system("mecapy", stack, { "mecapy:images": { ...imagesOf("mecapy"), keycloak: image } }, begun);
const rows = (stack: keyof typeof told) => told[stack].rows;

const told = {
  dev: {
    rows: "MP-14 MP-15 MP-20 MP-21",
    site: "http://localhost:3000",
    api: "http://localhost:8000",
    keycloak: "http://keycloak:8080",
    verified: "false",
    node: "development",
    log: "debug",
  },
  staging: {
    rows: "MP-40 MP-42 MP-43 MP-44 MP-80 MP-81 C-26 C-33 C-34",
    site: "https://staging.mecapy.com",
    api: "https://api-staging.mecapy.com",
    keycloak: "https://auth-staging.mecapy.com",
    verified: "true",
    node: "production",
    log: "debug",
  },
  production: {
    rows: "MP-55 MP-62 MP-63 MP-72 MP-78 MP-79",
    site: "https://mecapy.com",
    api: "https://api.mecapy.com",
    keycloak: "https://auth.mecapy.com",
    verified: "true",
    node: "production",
    log: "info",
  },
};

describe("MecaPy", () => {
  for (const stack of environments) {
    it(`tells API and frontend the addresses of ${stack}, and no other [${rows(stack)}]`, async () => {
      const resources = await mecapy(stack);
      const [api, frontend] = [variablesOf(resources), variablesOf(resources, "frontend")];
      const { site, api: address, keycloak, verified, node, log } = told[stack];
      deepEqual([api["CORS_ALLOW_ORIGINS"], api["KEYCLOAK_URL"]], [site, keycloak]);
      deepEqual([api["TOKEN_VERIFICATION_ENABLED"], api["LOG_LEVEL"], api["ENVIRONMENT"]], [verified, log, stack]);
      deepEqual([frontend["NEXT_PUBLIC_API_URL"], frontend["NEXT_PUBLIC_KEYCLOAK_URL"]], [address, keycloak]);
      deepEqual([frontend["NEXT_PUBLIC_ENVIRONMENT"], frontend["NODE_ENV"]], [stack, node]);
    });

    it(`has its own API, frontend and database in ${stack} [MP-01 MP-04 MP-05 MP-08 MP-36 MP-41 C-27 C-65]`, async () => {
      const resources = await mecapy(stack);
      deepEqual(namesOf(resources, "kubernetes:apps/v1:Deployment"), ["api", "frontend"]);
      const scaled = stack === "dev" ? [] : ["api-scale", "frontend-scale"];
      deepEqual(namesOf(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler").length, scaled.length);
      const databases = { dev: "mecapy_dev", staging: "mecapy_staging", production: "mecapy" };
      const { hostname, pathname, searchParams, username } = databaseAddress(resources);
      deepEqual([hostname, pathname, searchParams.get("sslmode")], ["db", `/${databases[stack]}`, "verify-full"]);
      ok(username !== "postgres");
      const { namespace } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.metadata;
      equal(namespace, `mecapy-${stack}`);
    });
  }

  it("listens on 8000, by gunicorn's four processes on $PORT, and the frontend on 3000 [MP-12 MP-19 MP-51 C-43]", async () => {
    const resources = await mecapy("production");
    const api = containerOf(resources);
    equal(
      api.command.join(" "),
      "gunicorn mecapy_api.main:app -k uvicorn.workers.UvicornWorker --bind 0.0.0.0:$(PORT)",
    );
    const { PORT, WEB_CONCURRENCY } = variablesOf(resources);
    deepEqual([api.ports[0].containerPort, PORT, WEB_CONCURRENCY], [8000, "8000", "4"]);
    equal(containerOf(resources, "frontend").ports[0].containerPort, 3000);
  });

  it("knows its client in Keycloak's realm, whose secret stands in a Secret [MP-56 MP-57 MP-58]", async () => {
    const resources = await mecapy("production");
    const { KEYCLOAK_REALM, KEYCLOAK_CLIENT_ID } = variablesOf(resources);
    deepEqual([KEYCLOAK_REALM, KEYCLOAK_CLIENT_ID], ["mecapy", "mecapy-api"]);
    ok(secretsOf(resources).includes("KEYCLOAK_CLIENT_SECRET"));
  });

  it("shares bucket and database among its instances, which keep nothing themselves [MP-03 MP-06 MP-49 MP-59 MP-60 MP-61]", async () => {
    const resources = await mecapy("production");
    const { CLOUD_BUCKET_UPLOADS, CLOUD_REGION, CLOUD_ENDPOINT } = variablesOf(resources);
    deepEqual(
      [CLOUD_BUCKET_UPLOADS, CLOUD_REGION, CLOUD_ENDPOINT],
      ["mecapy-uploads", "fr-par", "https://s3.fr-par.scw.cloud"],
    );
    ok(["SCW_ACCESS_KEY", "SCW_SECRET_KEY", "DATABASE_URL"].every((name) => secretsOf(resources).includes(name)));
    const { volumes } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec;
    ok(!JSON.stringify(volumes).includes("persistentVolumeClaim"));
    equal(variablesOf(await mecapy("staging"))["CLOUD_BUCKET_UPLOADS"], "mecapy-uploads-staging");
  });

  it("stands behind one address, which its edge balances over 2 to 10 instances in production [MP-02]", async () => {
    const edge = { "palier:edge": { family: "traefik", clusterIssuer: "letsencrypt" } };
    const resources = await mecapy("production", edge);
    const route = resources.find(({ type, name }) => type.endsWith(":Ingress") && name.startsWith("api"))!.inputs.spec;
    equal(route.rules[0].host, "api.mecapy.com");
    equal(route.rules[0].http.paths[0].backend.service.name, "api");
    const { selector, type, ports } = find(resources, "kubernetes:core/v1:Service", "api-service").inputs.spec;
    const { template } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec;
    for (const [label, value] of Object.entries(selector)) equal(template.metadata.labels[label], value);
    deepEqual([type ?? "ClusterIP", ports[0].port], ["ClusterIP", 8000]);
    const scaler = find(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "api-autoscaler").inputs.spec;
    deepEqual([scaler.minReplicas, scaler.maxReplicas], [2, 10]);
    deepEqual(refusedOf("production", resources), []);
  });

  it("has a Keycloak of its own with a database of its own, wherever its image is given [MP-07 MP-22 MP-26 MP-27 MP-32 MP-39]", async () => {
    for (const stack of environments) {
      const resources = await withKeycloak(stack);
      deepEqual(namesOf(resources, "kubernetes:apps/v1:Deployment"), ["api", "frontend", "keycloak"]);
      equal(containerOf(resources, "keycloak").image, keycloakImage);
      const address = find(resources, "kubernetes:core/v1:Secret", "keycloak-database-url-secret").inputs.stringData;
      match(address["migrator-url"], /@db:5432\/keycloak\?/);
      const told = variablesOf(resources, "keycloak");
      deepEqual(
        [told["KC_HOSTNAME"], JSON.parse(told["REALM_0"]!).realm],
        [variablesOf(resources)["KEYCLOAK_URL"], "mecapy"],
      );
      deepEqual(refusedOf(stack, resources), []);
    }
  });

  it("asks somebody else's Keycloak where none is given, by a way that is open to its port alone [MP-39 MP-42]", async () => {
    const resources = await mecapy("staging");
    ok(!resources.some(({ name }) => name.startsWith("keycloak")));
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-keycloak-url-out").inputs;
    deepEqual(out.spec.egress[0].ports, [{ protocol: "TCP", port: 443 }]);
    equal(variablesOf(resources)["KEYCLOAK_URL"], "https://auth-staging.mecapy.com");
  });

  it("starts its API after Keycloak and Postgres are there [MP-17]", async () => {
    for (const stack of environments) {
      const there = new Set<string>();
      await withKeycloak(stack, keycloakImage, async ({ type, name }) => {
        if (name === "api" && type.endsWith(":Deployment"))
          ok(there.has("keycloak") && there.has("db"), [...there].join(" "));
        if (!/:(Deployment|StatefulSet)$/.test(type)) return;
        await sleep(200); // what waits for nothing is asked for meanwhile
        there.add(name);
      });
      ok(there.has("api"));
    }
  });

  it("runs in development what it runs in production, its realm imported: not start-dev, which the rules refuse [MP-23 C-28]", async () => {
    const [dev, production] = [await withKeycloak("dev"), await withKeycloak("production")];
    const command = (resources: Declared[]) => containerOf(resources, "keycloak").command.join(" ");
    match(command(dev), /kc\.sh start --optimized --import-realm/);
    equal(command(dev), command(production));
  });

  it("is refused with a Keycloak image that is not one by its digest [MP-22]", async () => {
    await rejects(
      withKeycloak("staging", "quay.io/keycloak/keycloak:latest"),
      /keycloak breaks the rules of staging:\nimmutable-image-tag: .*keycloak:latest/,
    );
  });

  it("reports errors to Sentry under its environment's name [MP-50 MP-109 C-42]", async () => {
    const resources = await mecapy("staging");
    const { SENTRY_ENVIRONMENT, SENTRY_TRACES_SAMPLE_RATE } = variablesOf(resources);
    deepEqual([SENTRY_ENVIRONMENT, SENTRY_TRACES_SAMPLE_RATE], ["staging", "0.1"]);
    ok(secretsOf(resources).includes("SENTRY_DSN"));
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-sentry-dsn-out").inputs;
    equal(out.spec.egress[0].ports[0].port, 443);
  });

  it("scales its API from 2 to 10 by CPU and memory in production [MP-46 MP-68 MP-69 MP-70 C-30]", async () => {
    const [scaler] = (await mecapy("production")).filter(
      ({ type, inputs }) => type.endsWith(":HorizontalPodAutoscaler") && inputs.spec.scaleTargetRef.name === "api",
    );
    const { minReplicas, maxReplicas, metrics } = scaler!.inputs.spec;
    const aims = metrics.map(({ resource }: { resource: { name: string; target: { averageUtilization: number } } }) => [
      resource.name,
      resource.target.averageUtilization,
    ]);
    deepEqual([minReplicas, maxReplicas], [2, 10]);
    deepEqual(Object.fromEntries(aims), { cpu: 70, memory: 80 });
  });

  it("has a smaller database in staging than in production [MP-38]", async () => {
    const memory = async (stack: string) => {
      const [postgres] = find(await mecapy(stack), "kubernetes:apps/v1:StatefulSet", "db").inputs.spec.template.spec
        .containers;
      return bytes(postgres.resources.limits.memory)!;
    };
    ok((await memory("staging")) < (await memory("production")));
  });

  const allowed = (most: number) => mecapy("production", { "mecapy:connections": { most, memory: "3Gi" } });
  const overBudget = (resources: Declared[]) =>
    refusedOf("production", resources).filter((line) => line.startsWith("connections-fit-the-database"));

  it("keeps 10 connections a process and 20 above, waits 30 s, renews them after an hour, and all pools fit [MP-90 MP-91 MP-92 MP-93 MP-94]", async () => {
    const resources = await mecapy("production");
    const { DB_POOL_SIZE, DB_MAX_OVERFLOW, DB_POOL_TIMEOUT, DB_POOL_RECYCLE } = variablesOf(resources);
    deepEqual([DB_POOL_SIZE, DB_MAX_OVERFLOW, DB_POOL_TIMEOUT, DB_POOL_RECYCLE], ["10", "20", "30", "3600"]);
    deepEqual(overBudget(resources), []);
    for (const stack of ["dev", "staging"]) deepEqual(overBudget(await mecapy(stack)), [], stack);
  });

  it("is refused with the pools of its document on a database as it is by itself: 1,200 connections, of 100 [MP-91 C-31]", async () => {
    const [line] = overBudget(await allowed(100));
    match(line!, /allows 100 connections.*may open 1200 \(Deployment "api" 1200\)/);
  });

  it("is refused with as many connections as its database has no memory for", () =>
    rejects(allowed(5000), /Postgres db: connections: 5000 need 1.5 MiB each .* memory, 3Gi, has room for 1536/));

  it("may have its database on a managed server, in staging as in production [MP-35 MP-88 MP-89]", async () => {
    const authority = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    for (const stack of ["staging", "production"]) {
      const managed = { host: "shop.eu-west-3.rds.amazonaws.com", administrator: "rds_admin", authority };
      const resources = await mecapy(stack, { "mecapy:managed": managed });
      deepEqual(namesOf(resources, "kubernetes:apps/v1:StatefulSet"), []);
      const { hostname, searchParams, username } = databaseAddress(resources);
      deepEqual([hostname, searchParams.get("sslmode")], [managed.host, "verify-full"]);
      ok(username.startsWith("api.mecapy"), username);
      const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-database-url-out").inputs;
      equal(out.spec.egress[0].ports[0].port, 5432);
    }
  });

  it("migrates by Alembic before the API starts, and says how that is taken back [MP-66 C-01]", async () => {
    const job = find(await mecapy("production"), "kubernetes:batch/v1:Job", "api-migrate-job").inputs;
    deepEqual(job.spec.template.spec.containers[0].command, ["alembic", "upgrade", "head"]);
    equal(job.metadata.annotations["palier.dev/rollback"], "alembic downgrade -1");
  });

  it("has a user of its own in its database, with a password that is made, in dev too [MP-13 MP-31]", async () => {
    for (const stack of environments) {
      const { protocol, hostname, username, password, pathname } = databaseAddress(await mecapy(stack));
      deepEqual(
        [protocol, hostname, pathname],
        ["postgres:", "db", { dev: "/mecapy_dev", staging: "/mecapy_staging", production: "/mecapy" }[stack]],
      );
      ok(username !== "" && username !== "postgres", username);
      ok(password.length >= 32 && !password.includes("mecapy"), "it is made, and long");
    }
  });

  it("brings its schema up before it starts, and no replica does so itself [MP-95 C-01]", async () => {
    const resources = await mecapy("production");
    const [container] = find(resources, "kubernetes:batch/v1:Job", "api-migrate-job").inputs.spec.template.spec
      .containers;
    deepEqual(container.command, ["alembic", "upgrade", "head"]);
    const { command, args = [] } = containerOf(resources);
    ok(![...command, ...args].some((word: string) => /alembic|sh$/.test(word)), command.join(" "));
  });
}).timeout(60_000);
