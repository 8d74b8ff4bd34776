import { deepEqual, ok, rejects } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { seconds } from "../../components/slo/duration.ts";
import { cores } from "../../core/quantity.ts";
import { findSystems } from "../../local/systems.ts";
import type { Declared } from "../declared.ts";
import { refusedOf } from "../policies/refusedOf.ts";
import {
  type Config,
  environments,
  type SystemName,
  system,
  systemNames,
  systems,
  trackedConfigOf,
} from "../systems.ts";
import { alertsOf } from "./parts.ts";

/** Requests of all pods that go on running, in thousandths of a processor. */
function requested(resources: Declared[]): number {
  const pods = resources.filter(({ type }) => /:(Deployment|StatefulSet)$/.test(type)).map(({ inputs }) => inputs.spec);
  const each = pods.map(({ replicas = 1, template }) => {
    const containers: { resources: { requests: { cpu: string } } }[] = template.spec.containers;
    return containers.reduce((sum, { resources }) => sum + cores(resources.requests.cpu)! * 1000, 0) * replicas;
  });
  return each.reduce((sum, one) => sum + one, 0);
}

/** Addresses that the stack file of an environment names. */
function urlsOf(name: SystemName, stack: string): string[] {
  return Object.entries(trackedConfigOf(name, stack)).flatMap(([key, value]) =>
    /url$/i.test(key) ? [String(value)] : [],
  );
}

/** Those under which the world reaches it, and not another's. */
function publicOf(name: SystemName, stack: string): string[] {
  return urlsOf(name, stack).filter((url) => url.startsWith("https:") && !url.includes("//auth"));
}

/** Whether an address stands anywhere in what was declared. */
const names = (resources: Declared[], url: string) =>
  [...JSON.stringify(resources).matchAll(/https?:\/\/[-.a-z0-9]+(:\d+)?/g)].some(([address]) => address === url);

describe("the five systems", () => {
  it("are all found, each with the stack files of three environments [AV-13]", async () => {
    const found = await findSystems(join(import.meta.dirname, "../.."));
    deepEqual(found.map(({ name }) => name).sort(), [...systemNames].sort());
    for (const folder of Object.values(systems)) {
      const files = readdirSync(folder).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
      deepEqual(files, ["Pulumi.dev.yaml", "Pulumi.production.yaml", "Pulumi.staging.yaml"]);
    }
  });

  for (const name of systemNames) {
    for (const stack of environments) {
      it(`${name} is let pass by every rule of ${stack}, relations included`, async () => {
        deepEqual(refusedOf(stack, await system(name, stack)), []);
      });
    }

    it(`${name} is reached over https under its environment's addresses, where that says what stands at its edge [MQ-02 MP-02]`, async () => {
      for (const stack of ["staging", "production"]) {
        const edge = { family: "traefik", clusterIssuer: "letsencrypt" };
        const resources = await system(name, stack, { "palier:edge": edge });
        const ingresses = resources.filter(({ type }) => type.endsWith(":Ingress")).map(({ inputs }) => inputs.spec);
        const hosts = ingresses.flatMap(({ tls }) => tls[0].hosts);
        deepEqual(hosts.map((host) => `https://${host}`).sort(), publicOf(name, stack).sort());
        const balanced = ingresses.map(({ rules }) => rules[0].http.paths[0].backend.service.name);
        for (const app of balanced) {
          const scaler = resources.find(({ name }) => name === `${app}-autoscaler`)!.inputs.spec;
          ok(scaler.minReplicas >= 2, `${app} of ${stack} is one instance`);
        }
        deepEqual(refusedOf(stack, resources), []);
      }
      ok(!(await system(name, "production")).some(({ type }) => type.endsWith(":Ingress")));
    });

    it(`${name} has the same parts in staging as in production, by the same program [DP-03 DP-14 YO-05 C-44]`, async () => {
      const parts = async (stack: string) =>
        (await system(name, stack)).map((one) => `${one.type} ${one.name}`.replace(stack, "STACK"));
      deepEqual(await parts("staging"), await parts("production"));
    });

    it(`${name} names no address of production in dev or staging [C-11 C-33]`, async () => {
      for (const stack of ["dev", "staging"]) {
        const resources = await system(name, stack);
        for (const url of urlsOf(name, "production")) ok(!names(resources, url), `${stack} names ${url}`);
      }
    });
  }

  /** What each owes its users, by its own document; YONIMA's has no number. */
  const owed: [SystemName, string, string, string][] = [
    ["mapquiz", "99.9", "200ms", "MQ-71 MQ-73 MQ-74 C-62 C-63"],
    ["mecapy", "99.5", "2s", "MP-147 C-63"],
    ["debrouillepro", "99.9", "2s", "DP-07 DP-95 DP-99 C-63"],
    ["yonima", "99.9", "2s", "YO-40"],
  ];
  for (const [name, availability, latency, rows] of owed) {
    it(`${name} is watched for what it owes its users, in staging and production [${rows}]`, async () => {
      for (const stack of ["staging", "production"]) {
        const resources = await system(name, stack);
        const said = alertsOf(resources).map(({ annotations }) => annotations["summary"]);
        ok(said.includes(`api in ${name}-${stack}: the budget of ${availability} % without an error goes slowly`));
        ok(said.includes(`api in ${name}-${stack}: the budget of 95 % within ${latency} goes slowly`));
        const watching = ["api-monitor", "api-probe", "api-dashboard"];
        ok(watching.every((one) => resources.some((resource) => resource.name === one)));
      }
    });
  }

  it("are timed by the application in buckets that have the bound of each as theirs", async () => {
    const source = readFileSync(join(import.meta.dirname, "../../stacks/application/metrics.ts"), "utf8");
    const [, list = ""] = /buckets: \[([^\]]*)\]/.exec(source) ?? [];
    const buckets = list.split(", ").map(Number);
    for (const [name, , latency] of owed) ok(buckets.includes(seconds(latency)!), `${name}: ${latency}`);
  });

  /** The processes of the others are told no address of their own. */
  for (const name of ["avnir", "mapquiz", "mecapy"] as const) {
    it(`${name} names its own addresses in production`, async () => {
      const production = await system(name, "production");
      for (const url of urlsOf(name, "production")) ok(names(production, url), url);
    });
  }

  it("ask for a processor and a half at most, all five in dev side by side", async () => {
    let sum = 0;
    for (const name of systemNames) sum += requested(await system(name, "dev"));
    ok(sum > 0 && sum <= 1500, `${sum} m`);
  });

  const lacks: [SystemName, string, Config, RegExp][] = [
    ["avnir", "AV-76", { "avnir:featureFlags": { newPaymentFlow: true, enhancedAuth: true } }, /betaDashboard/],
    ["mapquiz", "MQ-59", { "mapquiz:github": undefined }, /mapquiz:github/],
    ["mecapy", "MP-55", { "mecapy:keycloakUrl": "auth.mecapy.com" }, /mecapy:keycloakUrl: Invalid URL/],
    ["debrouillepro", "DP-40", { "debrouillepro:bucket": undefined }, /debrouillepro:bucket/],
    ["yonima", "YO-52", { "yonima:databse": "yonima" }, /yonima:databse: unknown key/],
  ];
  for (const [name, row, config, message] of lacks) {
    it(`${name} is refused with a stack file that lacks or misspells something, by its name [${row}]`, async () => {
      await rejects(system(name, "production", config), message);
    });
  }
}).timeout(120_000);
