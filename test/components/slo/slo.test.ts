import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const monitoring = "kubernetes:monitoring.coreos.com/v1";

interface Given {
  stack?: string;
  config?: Record<string, string>;
  environment?: palier.EnvironmentArgs;
}

function app(args: Partial<palier.AppArgs>, { stack = "staging", config, environment }: Given = {}) {
  return declared({ stack, config }, () => {
    const { gate } = new palier.App("api", {
      environment: new palier.Environment("shop", environment),
      image,
      ...args,
    });
    gate?.apply((query) => gates.push(query));
  });
}

const gates: string[] = [];
const slo = { availability: 99.9, latency: "200ms" };
const kinds = (resources: Declared[]) => resources.map(({ type, name }) => `${type} :: ${name}`);
const specOf = (resources: Declared[], kind: string, name: string) =>
  find(resources, `${monitoring}:${kind}`, name).inputs.spec;
const rulesOf = (resources: Declared[]) =>
  specOf(resources, "PrometheusRule", "api-rules").groups.flatMap(({ rules }: { rules: object[] }) => rules);

/** What is said meanwhile, after how loudly. */
async function told(work: () => Promise<void>): Promise<string[]> {
  const said: string[] = [];
  const { info, warn } = pulumi.log;
  const log = pulumi.log as { info: typeof info; warn: typeof warn };
  log.info = async (message) => void said.push(`info ${message}`);
  log.warn = async (message) => void said.push(`warn ${message}`);
  try {
    await work();
  } finally {
    Object.assign(log, { info, warn });
  }
  return said;
}

describe("an slo", () => {
  it("is one line, of which rules, monitors, a probe and a dashboard are made [DP-25]", async () => {
    const plain = kinds(await app({}));
    const more = kinds(await app({ slo })).filter((line) => !plain.includes(line));
    assert.deepEqual(more, [
      "kubernetes:core/v1:ConfigMap :: api-dashboard",
      `${monitoring}:Probe :: api-probe`,
      `${monitoring}:PrometheusRule :: api-rules`,
      `${monitoring}:ServiceMonitor :: api-monitor`,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy :: api-monitor-in",
    ]);
  });

  it("leaves every object of an app without one as it is", async () => {
    const without = await app({});
    const own = new Map((await app({ slo })).map((one) => [`${one.type} :: ${one.name}`, one.inputs]));
    for (const { type, name, inputs } of without) {
      if (!type.startsWith("palier:")) assert.deepEqual(own.get(`${type} :: ${name}`), inputs);
    }
  });

  it("is declared as the operator's definitions want it", async () => {
    const workers = { mail: { command: ["mail"], metricsPort: 9100 } };
    assert.deepEqual((await app({ slo, workers })).flatMap(schemaErrors), []);
  });

  it("has the app asked each minute, by its verify path or from where it is told [MQ-76 MP-108]", async () => {
    const health = { verify: "/api/health" };
    const probe = specOf(await app({ slo, health, port: 8080 }), "Probe", "api-probe");
    assert.equal(probe.interval, "60s");
    assert.deepEqual(probe.targets.staticConfig, {
      static: ["http://api.shop-staging.svc:8080/api/health"],
      labels: { namespace: "shop-staging", app: "api" },
    });
    const outside = { ...slo, probe: "https://shop.example/health" };
    const asked = specOf(await app({ slo: outside }), "Probe", "api-probe");
    assert.deepEqual(asked.targets.staticConfig.static, ["https://shop.example/health"]);
  });

  it("lets Prometheus in, to the ports that tell metrics and from its namespace alone", async () => {
    const workers = { mail: { command: ["mail"], metricsPort: 9100 }, quiet: { command: ["quiet"] } };
    const resources = await app({ slo, workers }, { environment: { prometheus: { namespace: "observability" } } });
    const from = [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "observability" } } }];
    const ways = resources.filter(({ name }) => name.endsWith("-monitor-in"));
    assert.deepEqual(
      ways.map(({ inputs }) => inputs.spec.ingress),
      [9100, 3000].map((port) => [{ from, ports: [{ protocol: "TCP", port }] }]),
    );
    const deployment = find(resources, "kubernetes:apps/v1:Deployment", "api-mail").inputs;
    const pods = specOf(resources, "PodMonitor", "api-mail-monitor").selector.matchLabels;
    const labels = deployment.spec.template.metadata.labels;
    assert.deepEqual({ ...labels, ...pods }, labels);
    assert.equal(deployment.spec.template.spec.containers[0].ports[0].name, "metrics");
  });

  it("finds the Service by its labels and port, and carries those that this Prometheus asks for", async () => {
    const prometheus = { labels: { release: "kube-prometheus-stack", "app.kubernetes.io/name": "other" } };
    const resources = await app({ slo }, { environment: { prometheus } });
    const { spec, metadata } = find(resources, `${monitoring}:ServiceMonitor`, "api-monitor").inputs;
    const service = find(resources, "kubernetes:core/v1:Service", "api-service").inputs;
    const { labels } = service.metadata;
    assert.deepEqual({ ...labels, ...spec.selector.matchLabels }, labels);
    assert.equal(labels[spec.jobLabel], "api");
    assert.equal(spec.endpoints[0].port, service.spec.ports[0].name);
    assert.deepEqual(
      [metadata.labels.release, metadata.labels["app.kubernetes.io/name"]],
      ["kube-prometheus-stack", "api"],
    );
  });

  it("counts what users ask for, and no probe", async () => {
    const health = { live: "/live", ready: "/ready?deep=no", verify: "/api/health.json" };
    const [{ expr }] = rulesOf(await app({ slo, health }));
    assert.ok(expr.includes('job="api",route!~"/live|/ready|/api/health\\\\.json|/metrics"'), expr);
  });

  it("alerts by AVNIR's bounds, where none are given [AV-62 AV-63 AV-64 AV-65]", async () => {
    const bounds = async (slo: palier.SloArgs) =>
      Object.fromEntries(
        rulesOf(await app({ slo })).flatMap(({ alert, expr }: { alert?: string; expr: string }) => {
          const [, bound] = /^[a-z_0-9]+\{[^}]*\} > ([0-9.]+)$/.exec(expr) ?? [];
          return alert && bound ? [[alert, Number(bound)]] : [];
        }),
      );
    const usual = { ErrorsHigh: 0.01, ResponsesSlow: 2, CpuHigh: 0.8, MemoryHigh: 0.85 };
    assert.deepEqual(await bounds(slo), usual);
    const own = { errorPercent: 0.5, latency: "1500ms", cpuPercent: 150, memoryPercent: 90 };
    const expected = { ErrorsHigh: 0.005, ResponsesSlow: 1.5, CpuHigh: 1.5, MemoryHigh: 0.9 };
    assert.deepEqual(await bounds({ ...slo, bounds: own }), expected);
  });

  it("gives Grafana's sidecar a dashboard, whose queries hold the app's namespace", async () => {
    const { metadata, data } = find(await app({ slo }), "kubernetes:core/v1:ConfigMap", "api-dashboard").inputs;
    assert.equal(metadata.labels.grafana_dashboard, "1");
    const page = JSON.parse(data["shop-api.json"]);
    assert.match(page.uid, /^[0-9a-f]{16}$/);
    const queries = page.panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets);
    assert.ok(queries.length >= page.panels.length);
    for (const { expr } of queries) assert.ok(expr.includes('namespace="shop-staging"'), expr);
  });

  it("hands a release gate its query", async () => {
    gates.length = 0;
    await app({ slo });
    assert.match(gates.join(), /error_rate\{namespace="shop-staging",app="api"\} <= bool 0\.01/);
    await app({});
    assert.equal(gates.length, 1);
  });

  it("is skipped in dev, and where the stack says that the cluster can't, which is said once [C-25]", async () => {
    const skip = { "palier:monitoring": "skip" };
    const said = await told(async () => {
      assert.deepEqual(kinds(await app({ slo }, { stack: "dev" })), kinds(await app({}, { stack: "dev" })));
      assert.deepEqual(kinds(await app({ slo }, { config: skip })), kinds(await app({})));
      await declared({ stack: "staging", config: skip }, () => {
        const environment = new palier.Environment("shop");
        for (const name of ["api", "web"]) new palier.App(name, { environment, image, slo });
      });
    });
    assert.deepEqual(
      said.map((text) => text.split(":")[0]),
      ["info dev", "warn staging", "warn staging"].map(
        (text) => `${text.replace(" ", " shop ")} is watched by nothing`,
      ),
    );
    const dev = await app({ slo }, { stack: "dev", config: { "palier:monitoring": "required" } });
    assert.ok(kinds(dev).includes(`${monitoring}:PrometheusRule :: api-rules`));
  });

  it("is in the cluster before any pod changes: one that lacks the operator's kinds has refused it by then", async () => {
    const made: string[] = [];
    const newResource = async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
      if (type.startsWith(monitoring)) await setTimeout(200);
      made.push(type);
      return { id: name, state: inputs };
    };
    await pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs }, "avnir", "staging", false);
    pulumi.runtime.setAllConfig({ "palier:context": "test" });
    const program = async () => void new palier.App("api", { environment: new palier.Environment("shop"), image, slo });
    await pulumi.runtime.runInPulumiStack(program);
    await pulumi.runtime.disconnect();
    const last = made.findLastIndex((type) => type.startsWith(monitoring));
    assert.ok(last >= 0 && made.indexOf("kubernetes:apps/v1:Deployment") > last, made.join("\n"));
  });

  const wrong: [string, palier.SloArgs | object, RegExp][] = [
    ["an availability of nothing", { availability: 0 }, /App api: slo\.availability: 0 .* above 0 and below 100/],
    ["one of always", { availability: 100 }, /slo\.availability: 100 is not allowed/],
    ["one in words", { availability: "99.9" }, /slo\.availability: text is not allowed; give a number/],
    ["none", { latency: "2s" }, /slo\.availability: is missing/],
    ["a latency without its unit", { ...slo, latency: "200" }, /slo\.latency: "200" .* such as 200ms or 1\.5s/],
    ["a latency that is a number", { ...slo, latency: 2 }, /slo\.latency: a number is not allowed/],
    ["one of minutes", { ...slo, latency: "2m" }, /slo\.latency: "2m" is not allowed/],
    ["a bound on memory beyond all", { ...slo, bounds: { memoryPercent: 101 } }, /slo\.bounds\.memoryPercent: 101/],
    ["a probe that is no address", { ...slo, probe: "shop.example" }, /slo\.probe: "shop\.example" is not allowed/],
    [
      "a probe with a password, which is not repeated",
      { ...slo, probe: "https://ann:hunter2@shop.example/health" },
      /slo\.probe: "https:\/\/[^:@]*@?shop\.example\/health" is not allowed; give .* without name and password$/,
    ],
    ["what is unknown", { ...slo, target: 1 }, /slo: "target" is not allowed; give only availability, latency/],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(app({ slo: args as palier.SloArgs }), message));
  }

  it("refuses a choice that is none", () =>
    assert.rejects(
      app({ slo }, { config: { "palier:monitoring": "maybe" } }),
      /palier:monitoring: "maybe" .* required, skip/,
    ));
}).timeout(60_000);
