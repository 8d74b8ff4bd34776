import assert from "node:assert/strict";
import { refuseCrowded } from "../../../components/rollout/fits.ts";
import { clusterOf, type Release } from "../../../components/rollout/release.ts";
import { ledOf } from "../../../components/rollout/traffic.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";

const [blue, green] = ["b1b1b1b1", "92929292"];
const slot = (name: string) => ({ "palier.dev/slot": name });

/** As the engine is about to make it: 250m, and 256Mi with its heaviest init container. */
const inputs = {
  spec: {
    template: {
      spec: {
        containers: [
          { resources: { requests: { cpu: "200m", memory: "128Mi" }, limits: { memory: "128Mi" } } },
          { resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "64Mi" } } },
        ],
        initContainers: [{ resources: { requests: { cpu: "10m", memory: "256Mi" }, limits: { memory: "256Mi" } } }],
      },
    },
  },
};

describe("a release beside another, where there is a quota", () => {
  let api: FakeApi;
  let made: string[];
  let quotas: object[];
  let serving: string | undefined;
  let mayRead: boolean;

  beforeEach(async () => {
    made = [blue!];
    serving = blue;
    mayRead = true;
    api = await new FakeApi(({ path }) => {
      const [, kind, name] = /namespaces\/shop\/([a-z]+)(?:\/(.+))?$/.exec(path) ?? [];
      if (kind === "services")
        return { body: { metadata: { name }, spec: { selector: serving ? slot(serving) : {} } } };
      if (kind === "resourcequotas") return mayRead ? { body: { items: quotas } } : { status: 403, body: {} };
      const known = made.some((one) => name === `api-${one}`);
      return known ? { body: { metadata: { name }, spec: { replicas: 3 }, status: {} } } : undefined;
    }).start();
  });
  afterEach(() => api.stop());

  const quota = (hard: Record<string, string>, used: Record<string, string>, spec: object = {}) => {
    quotas = [{ metadata: { name: "quota" }, spec: { hard, ...spec }, status: { hard, used } }];
  };

  async function check(slot = green!) {
    const release: Release = {
      ...{ app: "api", system: "shop", slot, port: 3000, min: 2, max: 4, pods: {} },
      ...{ deadlineSeconds: 1, minReadySeconds: 0, canary: false },
      tried: { smoke: "/health", smokeSeconds: 1, steps: [{ weight: 100, seconds: 1 }] },
      target: { context: "fake", kubeconfig: api.kubeconfig },
    };
    const cluster = clusterOf(release, "shop");
    return refuseCrowded(cluster, release, await ledOf(cluster, release.app), inputs);
  }

  it("is refused before it is made, with the numbers of all that is short: as many pods as serve", async () => {
    quota(
      { "requests.cpu": "2", "limits.memory": "2Gi", pods: "5", "requests.storage": "10Gi" },
      { "requests.cpu": "1500m", "limits.memory": "1536Mi", pods: "3", "requests.storage": "10Gi" },
    );
    await assert.rejects(check(), (error: Error) => {
      assert.match(
        error.message,
        /^api: the release of 92929292 does not fit beside b1b1b1b1, which serves on: 3 pods more want/,
      );
      assert.match(error.message, /0\.75 of requests\.cpu, and 0\.5 of 2 in quota quota is free;/);
      assert.match(error.message, /768Mi of limits\.memory, and 512Mi of 2Gi in quota quota is free;/);
      assert.match(error.message, /3 of pods, and 2 of 5 in quota quota is free\. Nothing of it was made/);
      return !/storage/.test(error.message);
    });
  });

  it("is let pass where it just fits, where there is no quota, and where nobody may read it", async () => {
    quota({ "requests.cpu": "2", pods: "6" }, { "requests.cpu": "1250m", pods: "3" });
    await check();
    quotas = [];
    await check();
    quota({ pods: "3" }, { pods: "3" });
    mayRead = false;
    await check();
  });

  const matchExpressions = [{ scopeName: "PriorityClass", operator: "In", values: ["batch"] }];
  for (const [what, spec] of Object.entries({
    "by scopes": { scopes: ["BestEffort"] },
    "by a selector": { scopeSelector: { matchExpressions } },
  })) {
    it(`is not held against a quota that counts some pods only, ${what}, and is against another beside it`, async () => {
      quota({ pods: "3" }, { pods: "3" }, spec);
      await check();
      const [some] = quotas;
      quota({ pods: "5" }, { pods: "3" });
      quotas = [some!, ...quotas];
      await assert.rejects(check(), /want 3 of pods, and 2 of 5 in quota quota is free\. Nothing/);
    });
  }

  it("is let pass where it is the first, serves already, stands there, or rolls in place", async () => {
    quota({ pods: "3" }, { pods: "3" });
    await check(blue);
    await check("rolling");
    made.push(green!);
    await check();
    made = [];
    serving = undefined;
    await check();
  });
});
