import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { eventually } from "../eventually.ts";
import { kubectl } from "../kubectl.ts";
import { describeOnNode } from "../machine.ts";

const namespace = "metrics-trial";

describeOnNode("the node's metrics", (machine) => {
  before(() => kubectl(machine, "create", "namespace", namespace));
  after(() => kubectl(machine, "delete", "namespace", namespace, "--wait=false"));

  it("are there for kubectl top", async () => {
    const [line] = await eventually(async () => {
      const lines = (await kubectl(machine, "top", "nodes", "--no-headers")).trim().split("\n");
      return lines[0] ? lines : undefined;
    });
    assert.match(line!, /^palier-\w+ +\d+m +\d+% +\d+Mi +\d+%/);
  });

  it("let an autoscaler add replicas while they are busy [AV-90 DP-84]", async () => {
    const file = join(machine.home, "metrics-trial.yaml");
    writeFileSync(file, [busy(machine.images.redis), autoscaler].map((one) => stringify(one)).join("---\n"));
    await kubectl(machine, "apply", "-n", namespace, "-f", file);
    const replicas = await eventually(async () => {
      const count = await kubectl(
        machine,
        "get",
        "deployment",
        "busy",
        "-n",
        namespace,
        "-o",
        "jsonpath={.spec.replicas}",
      );
      return Number(count) > 1 ? Number(count) : undefined;
    });
    assert.ok(replicas <= 3);
    const seen = await kubectl(
      machine,
      "get",
      "hpa",
      "busy",
      "-n",
      namespace,
      "-o",
      "jsonpath={.status.currentMetrics[0].resource.current.averageUtilization}",
    );
    assert.ok(Number(seen) > 50, seen);
  });
});

/** Uses a tenth of a processor all the time, which is twice what it asks for. */
function busy(image: string): object {
  const labels = { app: "busy" };
  const container = {
    name: "busy",
    image,
    command: ["sh", "-c", "while :; do :; done"],
    resources: { requests: { cpu: "50m" }, limits: { cpu: "100m" } },
  };
  const spec = { terminationGracePeriodSeconds: 0, containers: [container] };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "busy" },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

const autoscaler = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  metadata: { name: "busy" },
  spec: {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "busy" },
    minReplicas: 1,
    maxReplicas: 3,
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } } }],
  },
};
