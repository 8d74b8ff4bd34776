import assert from "node:assert/strict";
import { rolloutSettings } from "../../../components/rollout/settings.ts";
import { profileOf } from "../../../core/profile.ts";
import type { Stage } from "../../../core/stage.ts";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";

const image = `registry.example/api@sha256:${"a1b2c3d4".repeat(8)}`;
const [deployment, service] = ["kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"];

function app(args: Partial<palier.AppArgs>, environment?: palier.EnvironmentRef) {
  return declared({ stack: "staging" }, () => {
    new palier.App("api", { environment: environment ?? new palier.Environment("shop"), image, ...args });
  });
}

describe("how an app is released", () => {
  it("is rolling where nothing is said: one Deployment of the app's name", async () => {
    const resources = await app({});
    assert.equal(find(resources, deployment, "api").inputs.spec.selector.matchLabels["palier.dev/slot"], "rolling");
    assert.deepEqual(find(resources, "kubernetes:core/v1:ConfigMap", "api-release").inputs.data, { target: "rolling" });
  });

  it("is, blue-green, a Deployment and an autoscaler for each digest, with the Service led to them [AV-32]", async () => {
    const resources = await app({ rollout: { blueGreen: {} } });
    const own = find(resources, deployment, "api-a1b2c3d4").inputs;
    const slot = { "palier.dev/slot": "a1b2c3d4" };
    assert.equal(own.metadata.name, "api-a1b2c3d4");
    assert.equal(own.spec.selector.matchLabels["palier.dev/slot"], "a1b2c3d4");
    const { spec, metadata } = find(resources, service, "api-service").inputs;
    assert.deepEqual({ ...spec.selector, ...slot }, spec.selector);
    assert.equal(metadata.annotations["palier.dev/release"], "a1b2c3d4");
    const scaler = find(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "api-a1b2c3d4-autoscaler");
    assert.equal(scaler.inputs.spec.scaleTargetRef.name, "api-a1b2c3d4");
    assert.deepEqual(find(resources, "kubernetes:core/v1:ConfigMap", "api-release").inputs.data, {
      target: "a1b2c3d4",
    });
    assert.deepEqual(resources.flatMap(schemaErrors), []);
  });

  it("lets the pods of all releases be reached and kept by the same rules", async () => {
    for (const rollout of [{}, { blueGreen: {} }]) {
      const resources = await app({ rollout, nodePort: 30_000 });
      const everyOne = { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "app" };
      const disruption = find(resources, "kubernetes:policy/v1:PodDisruptionBudget", "api-disruption");
      assert.deepEqual(disruption.inputs.spec.selector.matchLabels, everyOne);
      const policy = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-in");
      assert.deepEqual(policy.inputs.spec.podSelector.matchLabels, everyOne);
    }
  });

  it("is tried and watched for as long as its arguments say, the profile where they don't", () => {
    for (const [stage, bakeSeconds] of Object.entries({ dev: 5, review: 5, staging: 10, production: 60 })) {
      const { blueGreen } = rolloutSettings({ blueGreen: {} }, { profile: profileOf(stage as Stage) }, "/health");
      assert.deepEqual(blueGreen, { smoke: "/health", smokeSeconds: 30, bakeSeconds });
    }
    const own = { smoke: "/well", smokeSeconds: 5, bakeSeconds: 0 };
    assert.deepEqual(rolloutSettings({ blueGreen: own }, { profile: profileOf("dev") }, "/"), { blueGreen: own });
    assert.deepEqual(rolloutSettings({}, { profile: profileOf("dev") }, "/"), { rolling: { undo: true } });
  });

  const refused: [string, Partial<palier.AppArgs>, RegExp][] = [
    ["two strategies", { rollout: { rolling: {}, blueGreen: {} } }, /rollout: rolling and blueGreen are both given/],
    [
      "an image without a digest",
      { rollout: { blueGreen: {} }, image: "api:1" },
      /image: "api:1" has no digest; .*named?/,
    ],
    [
      "an image that comes later",
      { rollout: { blueGreen: {} }, image: Promise.resolve(image) },
      /image: is an object; give a plain reference/,
    ],
    ["a smoke test without a path", { rollout: { blueGreen: { smoke: "health" } } }, /smoke: "health" is not allowed/],
    [
      "a bake of hours",
      { rollout: { blueGreen: { bakeSeconds: 3600 } } },
      /bakeSeconds: 3600 is not allowed; .* 0 to 300/,
    ],
    ["what there is not", { rollout: { canary: {} } as never }, /rollout: "canary" is not allowed; give only rolling/],
  ];
  for (const [what, args, says] of refused) {
    it(`refuses ${what}`, async () => void (await assert.rejects(app(args), says)));
  }

  it("refuses blue-green where nobody says which cluster it is", async () => {
    const plain = { system: "shop", stage: "staging", namespace: "shop" };
    await assert.rejects(app({ rollout: { blueGreen: {} } }, plain), /blueGreen: it asks the cluster .* names none/);
    await app({ rollout: { blueGreen: {} } }, { ...plain, cluster: { context: "here" } });
    await app({ rollout: { rolling: {} } }, plain);
  });
});
