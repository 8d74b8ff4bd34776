import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cost } from "../../../cli/cost/cost.ts";
import { images } from "../../avnir.ts";
import { temporaryFolder } from "../../temporary.ts";
import { printed } from "../printed.ts";

const avnir = Object.entries(images).flatMap(([name, image]) => ["--set", `avnir:images.${name}=${image}`]);
const folder = temporaryFolder("cost");
const asked = (...args: string[]) => printed(() => cost([...avnir, ...args]));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const prices = {
  currency: "EUR",
  perCoreMonth: 20,
  perMemoryGiBMonth: 4,
  perStorageGiBMonth: { default: 0.1, classes: { fast: 1 } },
};

interface Told {
  readonly environment: string;
  readonly components: { component: string; least: Told["sum"]["least"]; most: Told["sum"]["least"] }[];
  readonly sum: Record<
    "least" | "most",
    { pods: number; cores: number; memoryBytes: number; storageBytes: object; moneyPerMonth?: number }
  >;
  readonly difference: Told["sum"];
}

const json = async (...args: string[]): Promise<Told[]> => JSON.parse(await asked("--json", ...args)).environments;

/** What an `up` of AVNIR's production left in a state, some versions ago: fewer replicas, and a smaller volume. */
function exported(): object {
  const urn = (type: string, name: string) => `urn:pulumi:production::avnir::${type}::${name}`;
  const app = urn("palier:index:Environment$palier:index:App", "api");
  const resource = (parent: string, kind: string, name: string, inputs: object) => {
    const type = `kubernetes:apps/v1:${kind}`;
    return { urn: urn(type, name), type, parent, inputs: { kind, metadata: { name }, ...inputs } };
  };
  const template = (cpu: string, memory: string) => ({
    template: { spec: { containers: [{ name: "main", resources: { requests: { cpu, memory } } }] } },
  });
  const scaler = { minReplicas: 2, maxReplicas: 4, scaleTargetRef: { kind: "Deployment", name: "api" } };
  const volumeClaimTemplates = [{ spec: { resources: { requests: { storage: "10Gi" } } } }];
  const stack = urn("pulumi:pulumi:Stack", "avnir-production");
  return {
    deployment: {
      resources: [
        { urn: stack, type: "pulumi:pulumi:Stack" },
        resource(app, "Deployment", "api", { spec: { replicas: 7, ...template("100m", "256Mi") } }),
        resource(app, "HorizontalPodAutoscaler", "api", { spec: scaler }),
        resource(urn("palier:index:Postgres", "db"), "StatefulSet", "db", {
          spec: { ...template("500m", "2Gi"), volumeClaimTemplates },
        }),
        resource(urn("palier:index:Redis", "cache"), "StatefulSet", "cache", { spec: template("50m", "128Mi") }),
        resource(stack, "Deployment", "old", { spec: template("1", "1Gi") }),
      ],
    },
  };
}

describe("palier cost", function () {
  this.timeout(120_000);
  let text: string;
  before(async () => {
    text = await asked();
  });

  it("tells what AVNIR asks for in each environment, from the fewest replicas to the most", () => {
    const lines = text.split("\n").map((line) => line.split(/\s{2,}/));
    const table = lines.filter(([name = ""]) => /^(dev|staging|production|App|Postgres|Redis|sum)/.test(name));
    deepEqual(table, [
      ["dev", "pods", "CPU cores", "memory GiB", "storage GiB"],
      ["App api", "1", "0.1", "0.25", "0"],
      ["Postgres db", "1", "0.05", "0.25", "1"],
      ["Redis cache", "1", "0.05", "0.125", "0"],
      ["sum", "3", "0.2", "0.625", "1"],
      ["staging", "pods", "CPU cores", "memory GiB", "storage GiB"],
      ["App api", "2–4", "0.2–0.4", "0.5–1", "0"],
      ["Postgres db", "1", "0.1", "0.5", "5"],
      ["Redis cache", "1", "0.05", "0.125", "0"],
      ["sum", "4–6", "0.35–0.55", "1.125–1.625", "5"],
      ["production", "pods", "CPU cores", "memory GiB", "storage GiB"],
      ["App api", "2–10", "0.2–1", "0.5–2.5", "0"],
      ["Postgres db", "1", "0.5", "2", "20"],
      ["Redis cache", "1", "0.05", "0.125", "0"],
      ["sum", "4–12", "0.75–1.55", "2.625–4.625", "20"],
    ]);
    match(text, /^while it runs, in no sum\nJob api-database-url-job +1 +0\.05 +0\.125 +0$/m);
  });

  for (const [name, content] of [
    ["prices.json", prices],
    [
      "prices.yaml",
      "currency: EUR\nperCoreHour: 0.0273972602739726 # 20 a month\nperMemoryGiBMonth: 4\nperStorageGiBMonth: { default: 0.1 }\n",
    ],
  ] as const) {
    it(`counts money by ${name}`, async () => {
      const [{ sum, components } = {} as Told] = await json(
        "--environment",
        "production",
        "--prices",
        file(name, content),
      );
      // 0.75 × 20 + 2.625 × 4 + 20 × 0.1, and with 1.55 cores and 4.625 GiB
      deepEqual([sum.least.moneyPerMonth, sum.most.moneyPerMonth], [27.5, 51.5]);
      equal(components.find(({ component }) => component === "App api")!.most.moneyPerMonth, 30);
    });
  }

  it("compares with what it printed at another revision, components that came or went included", async () => {
    const now = JSON.parse(await asked("--json"));
    const production = now.environments.find(({ environment }: Told) => environment === "production");
    production.components = production.components.filter(
      ({ component }: { component: string }) => component !== "Redis cache",
    );
    production.components[0].most.pods = 20;
    now.environments = [production, { ...production, environment: "demo", notCounted: [] }];
    const compared = await asked("--against", file("before.json", now), "--prices", file("prices.json", prices));
    match(compared, /^App api +2–10 .*\n {2}before +2–20 /m);
    match(compared, /^Postgres db +1 .*\nRedis cache +1 .*\n {2}before +– +– +– +–/m);
    match(compared, /^sum +4–12 .*\n {2}before +3–21 .*\n {2}difference +\+1 to -9 +\+0\.05 +\+0\.125 +0 +\+1\.50$/m);
    match(compared, /^demo [\s\S]*^Postgres db +–[\s\S]*^sum +0 /m);
  });

  it("compares one environment with the state that an up left, where replicas are the autoscaler's", async () => {
    const [told, ...more] = await json("--against", file("state.json", exported()));
    equal(more.length, 0);
    const { least, most } = told!.difference;
    deepEqual([least.pods, least.cores, least.memoryBytes], [-1, -1, -(2 ** 30)]);
    deepEqual([most.pods, most.cores, most.memoryBytes], [5, -0.4, 2 ** 29]);
    deepEqual(least.storageBytes, { "(default)": 10 * 2 ** 30 });
  });

  const refused: Record<string, [() => string[], RegExp]> = {
    "a key that a price file has not": [
      () => ["--prices", file("a", { ...prices, perStorageGiBMonth: { default: 1, clases: {} } })],
      /Unrecognized key: "clases"\s+→ at perStorageGiBMonth/,
    ],
    "a price that is none": [
      () => ["--prices", file("b", { ...prices, perMemoryGiBMonth: "4 EUR" })],
      /expected number, received string\s+→ at perMemoryGiBMonth/,
    ],
    "two prices of a core": [
      () => ["--prices", file("c", { ...prices, perCoreHour: 1 })],
      /perCoreHour or perCoreMonth, and one/,
    ],
    "a price file without a storage class of all others": [
      () => ["--prices", file("d", { ...prices, perStorageGiBMonth: { classes: { fast: 1 } } })],
      /→ at perStorageGiBMonth\.default/,
    ],
    "a price file that is not there": [() => ["--prices", join(folder, "none")], /can't be read \(ENOENT\)/],
    "what nobody printed": [
      () => ["--against", file("e", { items: [] })],
      /neither palier cost --json nor pulumi stack export/,
    ],
    "what is no JSON": [() => ["--against", file("f", "Total: 3")], /is no JSON/],
    "a stack that was never up": [() => ["--against", file("g", { deployment: {} })], /never up/],
    "an unknown environment": [
      () => ["--environment", "moon"],
      /no environment "moon"; there: dev, staging, production\.$/,
    ],
    "a name": [() => ["api"], /takes options only/],
  };
  for (const [what, [args, says]] of Object.entries(refused)) {
    it(`refuses ${what} with one message`, () => rejects(cost([...avnir, ...args()]), says));
  }
});
