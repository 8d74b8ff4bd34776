import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import * as palier from "../../index.ts";
import { declared } from "../declared.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

const operator = "github.com/prometheus-operator/prometheus-operator@v0.84.0";
const group = "monitoring.coreos.com";
const kinds = ["prometheusrules", "servicemonitors", "podmonitors", "probes", "alertmanagerconfigs"];
const definitions = kinds.map((kind) => `${kind}.${group}`);

/** The operator's own definitions, which its Go module carries. */
function definitionFiles(): string[] {
  const told = execFileSync("go", ["mod", "download", "-json", operator], { encoding: "utf8" });
  const folder = join(JSON.parse(told).Dir, "example/prometheus-operator-crd");
  return kinds.map((kind) => join(folder, `${group}_${kind}.yaml`));
}

/** All that an app with every part of an slo, and who is told, declare of the operator's kinds. */
async function objects(namespace: string): Promise<object[]> {
  const resources = await declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { prometheus: { labels: { release: "stack" } } });
    new palier.App("api", {
      environment,
      image: `registry.example/api@sha256:${"a".repeat(64)}`,
      slo: { availability: 99.9, latency: "200ms", probe: "https://shop.example/health" },
      workers: { mail: { command: ["mail"], metricsPort: 9100 } },
    });
    const secret = { name: "told", key: "key" };
    const email = {
      to: "team@shop.example",
      from: "a@shop.example",
      server: "smtp.shop.example:587",
      password: secret,
    };
    const slack = { channel: "#shop", webhook: secret };
    const receivers = { slack, pagerDuty: { routingKey: secret }, email };
    new palier.Monitoring("monitoring", { environment, receivers });
  });
  return resources
    .filter(({ type }) => type.includes(group))
    .map(({ inputs: { metadata, ...rest } }) => ({
      ...rest,
      metadata: { ...metadata, name: `tried-${metadata.name}`, namespace },
    }));
}

describeOnNode("an app's slo", function (machine) {
  this.timeout("8m");
  const trial = new AvnirTrial(machine, "pr-23");
  const { namespace } = trial;

  before(() => trial.init("dev", { config: { "palier:monitoring": "required" } }));

  after(async () => {
    await trial.drop();
    await kubectl(machine, "delete", "crd", ...definitions, "--wait=false", "--ignore-not-found");
  });

  it("is refused by a cluster without the operator's kinds before any pod of the app is made", async () => {
    const { code, output } = await trial.up();
    assert.notEqual(code, 0, output);
    assert.match(output, /(knows no|no matches for) kind/);
    assert.equal(await kubectl(machine, "get", "deployments", "-n", namespace, "-o", "name"), "");
  });

  it("is declared by one that has them, at the next update", async () => {
    const files = definitionFiles().flatMap((file) => ["-f", file]);
    await kubectl(machine, "apply", "--server-side", ...files);
    await kubectl(machine, "wait", "crd", ...definitions, "--for=condition=Established", "--timeout=60s");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    const watching = definitions.slice(0, 4).join(",");
    const names = (await kubectl(machine, "get", watching, "-n", namespace, "-o", "name")).trim().split("\n");
    assert.deepEqual(names, [
      `prometheusrule.${group}/api-rules`,
      `prometheusrule.${group}/monitoring-rules`,
      `servicemonitor.${group}/api-monitor`,
      `probe.${group}/api-probe`,
    ]);
  });

  it("fits the operator's own definitions, field by field, and so does who is told", async () => {
    const items = await objects(namespace);
    assert.equal(items.length, 6);
    trial.project.write("objects.json", JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    const file = join(trial.project.folder, "objects.json");
    const told = await kubectl(machine, "create", "--dry-run=server", "--validate=strict", "-f", file);
    assert.equal(told.match(/created \(server dry run\)/g)?.length, items.length);
  });
});
