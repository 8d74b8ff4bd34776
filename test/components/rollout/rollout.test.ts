import assert from "node:assert/strict";
import { rolloutSettings, trialOf } from "../../../components/rollout/settings.ts";
import { profileOf } from "../../../core/profile.ts";
import type { Stage } from "../../../core/stage.ts";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";

const image = `registry.example/api@sha256:${"a1b2c3d4".repeat(8)}`;
const [deployment, service] = ["kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"];

function app(args: Partial<palier.AppArgs>, environment?: palier.EnvironmentRef, stack = "staging") {
  return declared({ stack }, () => {
    new palier.App("api", { environment: environment ?? new palier.Environment("shop"), image, ...args });
  });
}

const edge = { host: "shop.example" };

/** An app with an edge, at which a controller stands. */
function behind(family: string, api: string | undefined, args: Partial<palier.AppArgs>) {
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { edge: { family, api, clusterIssuer: "letsencrypt" } });
    new palier.App("api", { environment, image, edge, ...args });
  });
}

const url = "https://prometheus.example";

function to(...weights: number[]) {
  return weights.map((weight) => ({ weight, seconds: 10 }));
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

  it("has, as a canary, a Service for each digest too, to which the edge leads [AV-33]", async () => {
    for (const [family, api, kind] of [
      ["traefik", "gateway", "HTTPRoute"],
      ["traefik", "ingress", "TraefikService"],
      ["envoy", undefined, "HTTPRoute"],
    ] as const) {
      const resources = await behind(family, api, { rollout: { canary: {} } });
      const own = find(resources, service, "api-a1b2c3d4-service").inputs;
      assert.equal(own.metadata.name, "api-a1b2c3d4");
      assert.equal(own.spec.selector["palier.dev/slot"], "a1b2c3d4");
      assert.equal(find(resources, service, "api-service").inputs.spec.selector["palier.dev/slot"], "a1b2c3d4");
      const version = kind === "HTTPRoute" ? "gateway.networking.k8s.io/v1" : "traefik.io/v1alpha1";
      const { metadata, spec } = find(resources, `kubernetes:${version}:${kind}`, "api-edge").inputs;
      assert.deepEqual(metadata.annotations, {
        "palier.dev/release": "api-a1b2c3d4",
        "pulumi.com/patchForce": "true",
      });
      const led = kind === "HTTPRoute" ? spec.rules[0].backendRefs : spec.weighted.services;
      assert.deepEqual(led, [{ name: "api-a1b2c3d4", port: 3000, weight: 100 }]);
      assert.deepEqual(resources.flatMap(schemaErrors), []);
    }
  }).timeout(60_000);

  it("leads by Traefik's own kinds to what an Ingress can't weigh, through the same middlewares", async () => {
    const limited = { ...edge, rateLimitPerMinute: 60, timeoutSeconds: 9, rewrites: { "/api": "/" } };
    const resources = await behind("traefik", "ingress", { rollout: { canary: {} }, edge: limited });
    assert.equal(resources.filter(({ type }) => type.endsWith(":Ingress")).length, 0);
    assert.deepEqual(find(resources, "kubernetes:traefik.io/v1alpha1:IngressRoute", "api-edge").inputs.spec, {
      entryPoints: ["websecure"],
      tls: { secretName: "api-edge-certificate" },
      routes: [
        {
          kind: "Rule",
          match: "Host(`shop.example`)",
          middlewares: ["headers", "rate", "rewrite-0"].map((role) => ({ name: `api-edge-${role}` })),
          services: [{ kind: "TraefikService", name: "api-edge" }],
        },
      ],
    });
    const [led] = find(resources, "kubernetes:traefik.io/v1alpha1:TraefikService", "api-edge").inputs.spec.weighted
      .services;
    assert.equal(led.serversTransport, "api-edge-transport");
  });

  it("leads to the page in maintenance, and weighs nothing then", async () => {
    const resources = await declared({ stack: "staging" }, () => {
      const controller = { family: "traefik", api: "gateway", clusterIssuer: "letsencrypt" };
      const environment = new palier.Environment("shop", { edge: controller });
      const page = new palier.App("page", { environment, image });
      const maintenance = { on: true, page: page.link };
      new palier.App("api", { environment, image, rollout: { canary: {} }, edge: { ...edge, maintenance } });
    });
    const { metadata, spec } = find(resources, "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", "api-edge").inputs;
    assert.equal(metadata.annotations["palier.dev/release"], "page");
    assert.equal(spec.rules[0].backendRefs[0].name, "page");
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
    const steps = (seconds: number) => [10, 50, 100].map((weight) => ({ weight, seconds }));
    for (const [stage, seconds] of Object.entries({ dev: 5, review: 5, staging: 10, production: 60 })) {
      const { canary } = rolloutSettings({ canary: {} }, { profile: profileOf(stage as Stage) }, "/health");
      assert.deepEqual(canary, { smoke: "/health", smokeSeconds: 30, steps: steps(seconds) });
    }
    const given = { smoke: "/well", smokeSeconds: 5, steps: steps(7), analysis: { errorPercent: 2 } };
    assert.deepEqual(rolloutSettings({ canary: given }, { profile: profileOf("dev") }, "/"), { canary: given });
    const own = { smoke: "/well", smokeSeconds: 5, bakeSeconds: 0 };
    assert.deepEqual(rolloutSettings({ blueGreen: own }, { profile: profileOf("dev") }, "/"), { blueGreen: own });
    assert.deepEqual(rolloutSettings({}, { profile: profileOf("dev") }, "/"), { rolling: { undo: true } });
  });

  it("goes through one step where it is no canary, and through none where it was found good before", () => {
    const [well, usual] = [
      { smoke: "/well", smokeSeconds: 5 },
      { smoke: "/", smokeSeconds: 30, bakeSeconds: 9 },
    ];
    const canary = { ...well, steps: to(10, 100), analysis: { errorPercent: 1 } };
    assert.deepEqual(trialOf({ canary }, usual, false), canary);
    assert.deepEqual(trialOf({ canary }, usual, true), { ...well, steps: [{ weight: 100, seconds: 0 }] });
    const blueGreen = { ...well, bakeSeconds: 3 };
    assert.deepEqual(trialOf({ blueGreen }, usual, false), { ...well, steps: [{ weight: 100, seconds: 3 }] });
    const { bakeSeconds: seconds, ...rest } = usual;
    assert.deepEqual(trialOf({}, usual, false), { ...rest, steps: [{ weight: 100, seconds }] });
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
    ["what there is not", { rollout: { flip: {} } as never }, /rollout: "flip" is not allowed; give only rolling/],
  ];
  for (const [what, args, says] of refused) {
    it(`refuses ${what}`, async () => void (await assert.rejects(app(args), says)));
  }

  const unfit: [string, object, RegExp][] = [
    [
      "steps that don't ascend",
      { steps: to(50, 50, 100) },
      /canary\.steps\[1\]\.weight: 50 is not allowed; give more than 50/,
    ],
    ["steps that don't end at all", { steps: to(10, 50) }, /steps\[1\]\.weight: 50 is not allowed; give 100: the last/],
    ["no step at all", { steps: [] }, /steps: an empty list is not allowed/],
    ["a share of nothing", { steps: to(0, 100) }, /steps\[0\]\.weight: 0 is not allowed; give a whole number from 1/],
    [
      "steps of hours",
      { steps: to(1, 100).map((step) => ({ ...step, seconds: 600 })) },
      /take 1200 s in all; give 900/,
    ],
    ["an analysis without a metric", { analysis: {} }, /analysis: has no metric; give errorPercent, latency or both/],
    [
      "one too short to be one",
      { steps: [{ weight: 100, seconds: 2 }], analysis: { errorPercent: 1 } },
      /2 is too short/,
    ],
    [
      "a share as text",
      { analysis: { errorPercent: "1%" } },
      /errorPercent: text is not allowed; give a number of percent/,
    ],
    ["a share beyond all", { analysis: { errorPercent: 101 } }, /errorPercent: 101 is not allowed/],
    [
      "a time without its unit",
      { analysis: { latency: "500" } },
      /latency: "500" is not allowed; give a time with its unit/,
    ],
    [
      "a time as a number",
      { analysis: { latency: 500 } },
      /latency: a number is not allowed; give a time with its unit/,
    ],
    [
      "a query without its bound",
      { analysis: { latency: "1s", prometheus: { url, latencySeconds: "up", errorPercent: "up" } } },
      /analysis\.errorPercent: is missing; give the bound of prometheus\.errorPercent/,
    ],
    [
      "a bound without its query",
      { analysis: { latency: "1s", errorPercent: 1, prometheus: { url, latencySeconds: "up" } } },
      /prometheus\.errorPercent: is missing; give the query that errorPercent bounds/,
    ],
    [
      "a Prometheus in two places",
      { analysis: { latency: "1s", prometheus: { url, service: "a/b:1", latencySeconds: "up" } } },
      /prometheus: has both; give either url or service/,
    ],
    [
      "a Prometheus with a password in its address",
      { analysis: { latency: "1s", prometheus: { url: "https://me:secret@host", latencySeconds: "up" } } },
      /prometheus\.url: "https:\/\/…@host" is not allowed; give an address/,
    ],
    [
      "a Prometheus with a password of several parts in its address",
      { analysis: { latency: "1s", prometheus: { url: "https://me:se/cret@host", latencySeconds: "up" } } },
      /prometheus\.url: "https:\/\/…@host" is not allowed; give an address/,
    ],
  ];
  for (const [what, canary, says] of unfit) {
    it(`refuses a canary with ${what}`, async () => {
      await assert.rejects(behind("traefik", "gateway", { rollout: { canary } }), says);
    });
  }

  it("takes a canary whose steps and analysis fit", async () => {
    const prometheus = { service: "monitoring/prometheus:9090", errorPercent: "up", latencySeconds: "up" };
    for (const canary of [
      { steps: [{ weight: 100, seconds: 0 }] },
      { analysis: { errorPercent: 0.5 } },
      { analysis: { errorPercent: 0, latency: "1.5s", prometheus } },
    ]) {
      await behind("envoy", undefined, { rollout: { canary } });
    }
  });

  it("refuses a canary of an image that is not pinned", async () => {
    const unpinned = behind("traefik", "gateway", { rollout: { canary: {} }, image: "api:1" });
    await assert.rejects(unpinned, /image: "api:1" has no digest; .*canary name a release by its image's digest/);
  });

  it("refuses a canary where nothing can send a share elsewhere, and says what can", async () => {
    const can =
      /have one of Traefik by Ingress, Traefik by Gateway API, Envoy by Gateway API at the edge, or take blueGreen here/;
    const rollout = { canary: {} };
    const haproxy = behind("haproxy", "ingress", { rollout });
    await assert.rejects(haproxy, /rollout\.canary: HAProxy by Ingress can't send a share of the requests elsewhere/);
    await assert.rejects(behind("haproxy", "ingress", { rollout }), can);
    await assert.rejects(behind("traefik", "gateway", { rollout, edge: undefined }), /canary: the app has no edge, .*/);
    await assert.rejects(
      app({ rollout, edge }, undefined, "dev"),
      /canary: dev has nothing at its edge, .* take blueGreen/,
    );
    await behind("haproxy", "ingress", { rollout: { blueGreen: {} } });
  });

  it("refuses a canary where nobody says which cluster it is", async () => {
    const plain = { system: "shop", stage: "staging", namespace: "shop", edge: { family: "envoy", generated: true } };
    await assert.rejects(app({ rollout: { canary: {} }, edge }, plain), /canary: it asks the cluster .* names none/);
  });

  it("refuses blue-green where nobody says which cluster it is", async () => {
    const plain = { system: "shop", stage: "staging", namespace: "shop" };
    await assert.rejects(app({ rollout: { blueGreen: {} } }, plain), /blueGreen: it asks the cluster .* names none/);
    await app({ rollout: { blueGreen: {} } }, { ...plain, cluster: { context: "here" } });
    await app({ rollout: { rolling: {} } }, plain);
  });
});
