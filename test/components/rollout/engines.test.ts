import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { byEngine } from "../../identity/engines.ts";

const image = `registry.example/api@sha256:${"a1b2c3d4".repeat(8)}`;
const prometheus = { url: "https://prometheus.example", errorPercent: "up", latencySeconds: "up" };

/** What a release is made of, and what leads to it; the rest is as with any other strategy. */
const told =
  /^(Rollout|AnalysisTemplate|Canary|MetricTemplate|Service|HorizontalPodAutoscaler|IngressRoute|Ingress|TraefikService|HTTPRoute)$/;

function golden(resources: Declared[]): string {
  const objects = resources.map(({ inputs }) => inputs).filter(({ kind }) => told.test(kind ?? ""));
  const policies = resources.filter(({ name }) => name === "api-engine-in").map(({ inputs }) => inputs);
  return [...objects, ...policies]
    .map((one) => dump(one, { noRefs: true, lineWidth: 120, quotingType: '"' }))
    .join("---\n");
}

function app(args: Partial<palier.AppArgs>, edge: palier.EdgeControllerArgs = { family: "traefik" }) {
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { edge: { ...edge, generated: true } });
    new palier.App("api", { environment, image, edge: { host: "shop.example" }, ...args });
  });
}

/** Of these resources those that only a release by the update itself needs. */
function ours(resources: Declared[]): string[] {
  return resources
    .filter(
      ({ name, inputs }) =>
        /^api-(releases?|[0-9a-f]{8})\b/.test(name) || inputs.metadata?.annotations?.["palier.dev/release"],
    )
    .map(({ type, name }) => `${type} :: ${name}`);
}

describe("a release by another engine", () => {
  for (const [name, made] of Object.entries(byEngine)) {
    it(`is these objects, and nothing of ours beside them: ${name} [AV-32 DP-54]`, async () => {
      const resources = await made();
      const file = join(import.meta.dirname, "engines", `${name}.yaml`);
      const text = golden(resources);
      if (process.env["PALIER_UPDATE"] === "1") writeFileSync(file, text);
      assert.equal(text, readFileSync(file, "utf8"));
      assert.deepEqual(ours(resources), []);
    }).timeout(60_000);
  }

  it("is of the arguments that the update itself has: without engine, the same app has its own objects", async () => {
    const resources = await app({ rollout: { canary: {} } });
    assert.ok(ours(resources).length >= 4, ours(resources).join("\n"));
    assert.deepEqual(
      resources.filter(({ type }) => /argoproj|flagger/.test(type)),
      [],
    );
  });

  it("has the pods, the budget and who may reach them as any other strategy", async () => {
    const own = await app({});
    const [deployment, budget] = ["kubernetes:apps/v1:Deployment", "kubernetes:policy/v1:PodDisruptionBudget"];
    const pod = (one: Declared) => one.inputs.spec.template;
    const argo = await app({ rollout: { engine: "argoRollouts" } });
    const rollout = find(argo, "kubernetes:argoproj.io/v1alpha1:Rollout", "api");
    assert.deepEqual(pod(rollout), pod(find(own, deployment, "api")));
    const flagger = await app({ rollout: { engine: "flagger", blueGreen: {} } });
    const { metadata, spec } = pod(find(flagger, deployment, "api"));
    assert.deepEqual(metadata.labels, { ...pod(find(own, deployment, "api")).metadata.labels, app: "api" });
    assert.deepEqual(spec.containers, pod(find(own, deployment, "api")).spec.containers);
    for (const resources of [argo, flagger]) {
      const selector = find(own, budget, "api-disruption").inputs.spec.selector;
      assert.deepEqual(find(resources, budget, "api-disruption").inputs.spec.selector, selector);
    }
  });

  it("is refused where its pods break a rule, as in a Deployment", async () => {
    const tagged = ({ template, ...spec }: { template: { spec: { containers: object[] } } }) => {
      const [first, ...others] = template.spec.containers;
      const containers = [{ ...first, image: "registry.example/api:latest" }, ...others];
      return { ...spec, template: { ...template, spec: { ...template.spec, containers } } };
    };
    const made = (change: boolean) =>
      declared({ stack: "staging" }, () => {
        const environment = new palier.Environment("shop");
        const overrides = change ? { deployment: tagged as never } : {};
        new palier.App("api", { environment, image, rollout: { engine: "argoRollouts" } }, { overrides });
      });
    await assert.rejects(made(true), /immutable-image-tag: Rollout "api"/);
    assert.ok(find(await made(false), "kubernetes:argoproj.io/v1alpha1:Rollout", "api"));
  });

  const refused: [what: string, args: Partial<palier.AppArgs>, words: RegExp, edge?: palier.EdgeControllerArgs][] = [
    [
      "a phase of Palier's own canary",
      {
        rollout: {
          engine: "argoRollouts",
          canary: { phase: { image: `registry.example/api@sha256:${"b".repeat(64)}`, weight: 10 } },
        },
      },
      /rollout\.canary\.phase: is Palier's own, and argoRollouts has pauses of its own; leave out one of the two/,
    ],
    [
      "another engine",
      { rollout: { engine: "spinnaker" } },
      /rollout\.engine: "spinnaker" is not allowed; give one of argoRollouts, flagger/,
    ],
    [
      "a canary where nothing weighs",
      { rollout: { engine: "argoRollouts", canary: {} } },
      /rollout\.canary: HAProxy by Ingress can't send a share .* or take blueGreen here/,
      { family: "haproxy" },
    ],
    [
      "a phase that a human ends",
      { rollout: { engine: "argoRollouts", canary: { phase: { image, weight: 10 } } } },
      /rollout\.canary\.phase: is Palier's own, and argoRollouts has pauses of its own/,
    ],
    [
      "bounds that nobody measures",
      { rollout: { engine: "argoRollouts", canary: { analysis: { errorPercent: 1 } } } },
      /rollout\.canary\.analysis: Argo Rollouts measures no requests itself; give prometheus/,
    ],
    ["Flagger without a strategy", { rollout: { engine: "flagger" } }, /rollout\.rolling: Flagger can't replace pods/],
    [
      "a way back of Flagger's in a rolling update",
      { rollout: { engine: "flagger", rolling: { undo: true } } },
      /rollout\.rolling: Flagger can't .*; give blueGreen or canary/,
    ],
    [
      "a smoke test by Flagger",
      { rollout: { engine: "flagger", canary: { smoke: "/well" } } },
      /rollout\.canary\.smoke: Flagger asks no path by itself/,
    ],
    [
      "steps of Flagger's that are too short",
      { rollout: { engine: "flagger", canary: { steps: [{ weight: 100, seconds: 5 }] } } },
      /steps\[0\]\.seconds: Flagger looks every 10 s at most/,
    ],
    [
      "steps of Flagger's that differ",
      {
        rollout: {
          engine: "flagger",
          canary: {
            steps: [
              { weight: 10, seconds: 20 },
              { weight: 100, seconds: 30 },
            ],
          },
        },
      },
      /steps\[1\]\.seconds: Flagger holds every share for as long; give 20/,
    ],
    [
      "a port of the node by Flagger",
      { rollout: { engine: "flagger", blueGreen: {} }, nodePort: 30_000 },
      /nodePort: Flagger makes the Service/,
    ],
    [
      "what runs after a release by Flagger",
      { rollout: { engine: "flagger", blueGreen: {} }, afterRelease: { warm: { command: ["true"] } } },
      /afterRelease: Flagger goes on after the update has ended/,
    ],
    [
      "a time limit at the edge by Flagger",
      { rollout: { engine: "flagger", canary: {} }, edge: { host: "shop.example", timeoutSeconds: 9 } },
      /edge\.timeoutSeconds: Flagger makes what leads to the app itself, by Traefik by Ingress without this/,
    ],
    [
      "a limit of requests in an HTTPRoute of Flagger's",
      { rollout: { engine: "flagger", canary: {} }, edge: { host: "shop.example", rateLimitPerMinute: 60 } },
      /edge\.rateLimitPerMinute: Flagger makes what leads to the app itself/,
      { family: "traefik", api: "gateway" },
    ],
  ];
  for (const [what, args, words, edge] of refused) {
    it(`refuses ${what}, and says what can`, () => assert.rejects(app(args, edge), words));
  }

  it("takes the same where it can be done", async () => {
    const bounded = { analysis: { errorPercent: 1, latency: "1s", prometheus } };
    const limited = { host: "shop.example", rateLimitPerMinute: 60 };
    for (const [args, edge] of [
      [{ rollout: { engine: "argoRollouts", canary: bounded }, edge: { ...limited, timeoutSeconds: 9 } }],
      [{ rollout: { engine: "argoRollouts", rolling: { undo: false } }, nodePort: 30_000 }],
      [
        { rollout: { engine: "argoRollouts", blueGreen: {} }, afterRelease: { warm: { command: ["true"] } } },
        { family: "haproxy" },
      ],
      [{ rollout: { engine: "flagger", canary: bounded }, edge: limited }],
      [
        { rollout: { engine: "flagger", canary: { steps: [{ weight: 100, seconds: 10 }] } }, edge: limited },
        { family: "envoy" },
      ],
    ] as [Partial<palier.AppArgs>, palier.EdgeControllerArgs?][]) {
      assert.ok((await app(args, edge)).length > 0);
    }
  }).timeout(60_000);

  it("goes back from a rolling update as it was told", async () => {
    for (const undo of [true, false]) {
      const resources = await app({ rollout: { engine: "argoRollouts", rolling: { undo } } });
      const { spec } = find(resources, "kubernetes:argoproj.io/v1alpha1:Rollout", "api").inputs;
      assert.equal(spec.progressDeadlineAbort, undo);
    }
  });

  it("needs an environment that names its cluster, by Argo Rollouts", async () => {
    const made = (cluster?: { context: string }) =>
      declared({ stack: "staging" }, () => {
        const environment: palier.EnvironmentRef = {
          system: "shop",
          stage: "staging",
          namespace: "shop",
          cluster,
        } as never;
        new palier.App("api", { environment, image, rollout: { engine: "argoRollouts" } });
      });
    await assert.rejects(made(), /rollout\.engine: it asks the cluster beside the engine/);
    assert.ok(find(await made({ context: "test" }), "kubernetes:argoproj.io/v1alpha1:Rollout", "api"));
  });
});
