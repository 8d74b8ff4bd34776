import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";
import { schemaErrors } from "../fuzz/kubernetesSchema.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const autoscaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

function app(scale: palier.ScaleArgs, stack = "staging") {
  return declared({ stack }, () => {
    new palier.App("api", { environment: new palier.Environment("shop"), image, scale });
  });
}

const worker = (scale: palier.ScaleArgs) =>
  declared({ stack: "staging" }, () => {
    new palier.Worker("mail", { environment: new palier.Environment("shop"), image, scale });
  });

const specOf = async (scale: palier.ScaleArgs) => find(await app(scale), autoscaler, "api-autoscaler").inputs.spec;

describe("an autoscaler", () => {
  it("goes by the processor, adds at once and takes away slowly [AV-90 DP-51 DP-84 MP-67]", async () => {
    const { metrics, behavior, minReplicas, maxReplicas } = await specOf({});
    assert.deepEqual([minReplicas, maxReplicas], [2, 4]);
    assert.deepEqual(metrics, [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
    ]);
    assert.deepEqual(behavior, {
      scaleUp: { stabilizationWindowSeconds: 0 },
      scaleDown: { stabilizationWindowSeconds: 300 },
    });
  });

  it("goes by memory, requests and a queue too, where it is told to", async () => {
    const queue = { metric: "queue_length", labels: { queue: "mail" }, perReplica: 20 };
    const resources = await app({ cpuPercent: 60, requestsPerSecond: 50, queue, upSeconds: 30, downSeconds: 600 });
    assert.deepEqual(resources.flatMap(schemaErrors), []);
    const { metrics, behavior } = find(resources, autoscaler, "api-autoscaler").inputs.spec;
    assert.deepEqual(metrics.slice(1), [
      {
        type: "Pods",
        pods: { metric: { name: "http_requests_per_second" }, target: { type: "AverageValue", averageValue: "50" } },
      },
      {
        type: "External",
        external: {
          metric: { name: "queue_length", selector: { matchLabels: { queue: "mail" } } },
          target: { type: "AverageValue", averageValue: "20" },
        },
      },
    ]);
    assert.deepEqual(
      [behavior.scaleUp, behavior.scaleDown],
      [{ stabilizationWindowSeconds: 30 }, { stabilizationWindowSeconds: 600 }],
    );
  });

  it("goes by memory with a warning that says what that can't do [MP-70]", async () => {
    const said: string[] = [];
    const warn = pulumi.log.warn;
    (pulumi.log as { warn: typeof warn }).warn = async (message) => void said.push(message);
    try {
      const { metrics } = await specOf({ memoryPercent: 80 });
      assert.equal(metrics[1].resource.target.averageUtilization, 80);
    } finally {
      (pulumi.log as { warn: typeof warn }).warn = warn;
    }
    assert.match(said.join(), /api: scale\.memoryPercent: memory is seldom given back/);
  });

  it("is left out where an environment has one count, whatever the targets are elsewhere", async () => {
    const kinds = (await app({ cpuPercent: 60 }, "dev")).map(({ type }) => type);
    assert.ok(!kinds.includes(autoscaler));
  });

  it("is refused what contradicts itself, with both and why", async () => {
    await assert.rejects(
      app({ min: 3, max: 3, cpuPercent: 60 }),
      /App api: scale: min and max are both 3, and cpuPercent is what to aim at between them; leave cpuPercent out, or/,
    );
    await assert.rejects(
      worker({ requestsPerSecond: 10 }),
      /Worker mail: scale\.requestsPerSecond: a worker is sent no requests; give queue, or cpuPercent/,
    );
    await assert.rejects(app({ memoryPercent: 95 }), /scale\.memoryPercent: 95 is not allowed; give a .* 1 to 90/);
    await assert.rejects(
      app({ queue: { metric: "a b", perReplica: 1 } }),
      /scale\.queue\.metric: "a b" is not allowed/,
    );
  });
});
