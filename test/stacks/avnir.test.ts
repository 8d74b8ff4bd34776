import { deepEqual, equal, ok } from "node:assert/strict";
import { avnir } from "../avnir.ts";
import { find } from "../declared.ts";
import { alertsOf } from "./parts.ts";

type Declared = Awaited<ReturnType<typeof avnir>>;

const variables = (resources: Declared) => find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs.data;
const flags = (resources: Declared) => {
  const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-flags").inputs;
  return JSON.parse(data["flags.json"]);
};
const address = (resources: Declared) =>
  find(resources, "kubernetes:core/v1:Secret", "api-database-url-secret").inputs.stringData["app-url"] as string;

describe("AVNIR", () => {
  const environments: [string, string, string, string, boolean[]][] = [
    ["dev", "AV-14 AV-45", "http://localhost:3000", "dev_db", [true, true, true]],
    ["staging", "AV-15 AV-46", "https://staging.avnir.studio", "staging_db", [true, false, true]],
    ["production", "AV-16 AV-47", "https://avnir.studio", "prod_db", [false, false, false]],
  ];
  for (const [stack, rows, url, database, on] of environments) {
    it(`has its own address, database and flags in ${stack}, and debug in dev alone [AV-13 AV-55 ${rows}]`, async () => {
      const resources = await avnir(stack);
      equal(variables(resources).CORS_ALLOW_ORIGINS, url);
      equal(variables(resources).LOG_LEVEL, stack === "dev" ? "debug" : "info");
      ok(address(resources).includes(`/${database}?`));
      const [newPaymentFlow, enhancedAuth, betaDashboard] = on;
      deepEqual(flags(resources), { newPaymentFlow, enhancedAuth, betaDashboard });
    });
  }

  it("has an edge under its address where the environment says what stands there, and none elsewhere", async () => {
    const edge = { family: "traefik", generated: true };
    for (const [stack, host] of [
      ["dev", "localhost"],
      ["staging", "staging.avnir.studio"],
    ] as const) {
      const resources = await avnir(stack, { "palier:edge": edge });
      const { spec } = find(resources, "kubernetes:networking.k8s.io/v1:Ingress", "api-edge").inputs;
      deepEqual(spec.tls[0].hosts, [host]);
      ok(!(await avnir(stack)).some(({ type }) => type.endsWith(":Ingress")));
    }
  });

  it("has a database address and secrets of its own in staging and in production [AV-39 AV-40]", async () => {
    const [staging, production] = [await avnir("staging"), await avnir("production")];
    const place = (resources: Declared) =>
      find(resources, "kubernetes:core/v1:Secret", "api-secrets-values").inputs.metadata.namespace;
    deepEqual([place(staging), place(production)], ["avnir-staging", "avnir-production"]);
    const key = (resources: Declared) =>
      find(resources, "kubernetes:core/v1:Secret", "api-secrets-values").inputs.stringData.STRIPE_SECRET_KEY;
    deepEqual(
      [key(staging), key(production)].map((value) => value.slice(0, 7)),
      ["sk_test", "sk_live"],
    );
    ok(address(staging) !== address(production));
  });

  it("is watched in staging and production, by its standard's bounds, and in dev not at all [AV-16 AV-62 AV-63 AV-64 AV-65 C-25]", async () => {
    for (const stack of ["staging", "production"]) {
      const bounds = Object.fromEntries(
        alertsOf(await avnir(stack)).map(({ alert, expr }) => [alert, Number(expr.split(" > ")[1])]),
      );
      const { ErrorsHigh, ResponsesSlow, CpuHigh, MemoryHigh } = bounds;
      deepEqual([ErrorsHigh, ResponsesSlow, CpuHigh, MemoryHigh], [0.01, 2, 0.8, 0.85]);
    }
    deepEqual(alertsOf(await avnir("dev")), []);
  });

  it("tells its process that production is one [AV-42 DP-35 MQ-30]", async () => {
    equal(variables(await avnir("production")).NODE_ENV, "production");
  });

  it("has Postgres listen on the port that everybody expects, and Redis beside it [MP-30]", async () => {
    const resources = await avnir("staging");
    const ports = (name: string) => find(resources, "kubernetes:core/v1:Service", name).inputs.spec.ports[0].port;
    deepEqual([ports("db-service"), ports("cache-service")], [5432, 6379]);
  });

  it("tells Slack of every alert, and in production PagerDuty of what is critical", async () => {
    const of = async (stack: string) =>
      find(await avnir(stack), "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "monitoring-receivers")
        .inputs.spec.receivers;
    const [everyone, onDuty] = await of("production");
    deepEqual(
      [everyone.slackConfigs[0].channel, everyone.slackConfigs[0].apiURL],
      ["#avnir", { name: "alerts", key: "slack" }],
    );
    deepEqual(onDuty.pagerdutyConfigs[0].routingKey, { name: "alerts", key: "pagerduty" });
    deepEqual((await of("staging")).length, 1);
  });
}).timeout(60_000);
