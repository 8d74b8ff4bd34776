import assert from "node:assert/strict";
import { gate } from "../../../components/rollout/gate.ts";
import { recover } from "../../../components/rollout/recover.ts";
import { clusterOf, type Release } from "../../../components/rollout/release.ts";
import type { Trial } from "../../../components/rollout/settings.ts";
import { settle } from "../../../components/rollout/settle.ts";
import { FakeSlots, type SlotState } from "./fakeSlots.ts";

const [blue, green] = ["b1b1b1b1", "92929292"];
const [toBlue, toGreen] = [`api-${blue}`, `api-${green}`];
const quiet = { info: () => {}, warn: () => {}, error: () => {}, step: () => {} };

describe("the gate before a canary's traffic", () => {
  let fake: FakeSlots;
  afterEach(() => fake.api.stop());

  async function made(tried: Partial<Trial> = {}, canary = true, target = green) {
    const slots: Record<string, SlotState> = {
      [blue]: { replicas: 2, available: 2, tracked: true },
      [green]: { replicas: 2, available: 2 },
      rolling: { replicas: 2, available: 2, tracked: true },
    };
    fake = new FakeSlots(slots, { selected: blue, committed: blue, target });
    [fake.shares, fake.written] = [{ [toBlue]: 100 }, toBlue];
    await fake.api.start();
    const release: Release = {
      ...{ app: "api", system: "shop", slot: target, port: 3000, min: 2, max: 4, canary },
      pods: { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "app" },
      ...{ deadlineSeconds: 1, minReadySeconds: 0 },
      tried: {
        ...{ smoke: "/health", smokeSeconds: 1 },
        steps: [10, 50, 100].map((weight) => ({ weight, seconds: 0 })),
        ...tried,
      },
      weighed: { kind: "HTTPRoute", name: "api-edge" },
      target: { context: "fake", kubeconfig: fake.api.kubeconfig },
    };
    return { release, cluster: clusterOf(release, "shop") };
  }

  const ramp = [{ [toBlue]: 90, [toGreen]: 10 }, { [toBlue]: 50, [toGreen]: 50 }, { [toGreen]: 100 }];

  it("leads each share to the new release, in every rule, and what comes from inside with the last [AV-84 DP-54]", async () => {
    const { release, cluster } = await made();
    fake.onLed = (shares) => assert.equal(fake.selected, shares[toBlue] === undefined ? green : blue);
    await gate(cluster, release, quiet);
    assert.deepEqual(fake.led, ramp);
    assert.deepEqual([fake.moves, fake.committed], [[green], blue]);
  });

  it("tells share, failures, time and what is left against their bounds [AV-66]", async () => {
    const steps = [
      { weight: 10, seconds: 5 },
      { weight: 100, seconds: 0 },
    ];
    const { release, cluster } = await made({ steps, analysis: { errorPercent: 1, latency: "2s" } });
    const lines: string[] = [];
    await gate(cluster, release, { ...quiet, step: (line) => void lines.push(line) });
    const full =
      /^92929292 has 10 %: 0 % of \d+ answers failed \(1 % at most\), 95 % within \d+ ms \(2s at most\); \d s left$/;
    assert.match(lines.at(-1)!, full);
  }).timeout(60_000);

  const analysis = { errorPercent: 5 };
  for (const [what, at] of Object.entries({ "the first step": 10, "the last": 100 })) {
    it(`leads all back as soon as an analysis fails, in ${what} [AV-33 AV-83]`, async () => {
      const { release, cluster } = await made({ analysis, steps: ramp.map(stepOf) });
      let asked = 0;
      fake.onLed = (shares) => {
        const bad = shares[toGreen] === at;
        // One of four, and never two in a row of one pod.
        const answer = () => (bad && asked++ % 4 === 0 ? { status: 500, body: "broken" } : { status: 200, body: "" });
        fake.slots[green]!.answers = answer;
      };
      const says = /and all traffic is back at b1b1b1b1\. Cause: under .*: \d+ % of \d+ answers failed \(5 % at most\)/;
      await assert.rejects(gate(cluster, release, quiet), says);
      assert.deepEqual(fake.shares, { [toBlue]: 100 });
      assert.equal(fake.selected, blue);
      assert.ok(asked >= 20 && asked <= 22, `20 answers, then back: not ${asked}`);
    }).timeout(60_000);
  }

  it("leads all back at a Ctrl-C, and at once", async () => {
    const { release, cluster } = await made({
      steps: [
        { weight: 10, seconds: 60 },
        { weight: 100, seconds: 0 },
      ],
    });
    fake.onLed = (shares) => {
      if (shares[toGreen]) setTimeout(() => process.emit("SIGINT", "SIGINT"), 50);
    };
    await assert.rejects(gate(cluster, release, quiet), /back at b1b1b1b1\. Cause: interrupted/);
    assert.deepEqual(fake.led, [ramp[0], { [toBlue]: 100 }]);
    assert.deepEqual(fake.moves, []);
  });

  it("moves nothing where somebody else has moved it meanwhile, or another release was started", async () => {
    const { release, cluster } = await made();
    fake.onLed = (shares) => {
      if (shares[toGreen] === 10) fake.shares = { [toBlue]: 70, [toGreen]: 30 };
    };
    await assert.rejects(
      gate(cluster, release, quiet),
      /somebody else has moved its traffic meanwhile\. Cause: somebody/,
    );
    assert.deepEqual(fake.shares, { [toBlue]: 70, [toGreen]: 30 });
    fake.onLed = (shares) => {
      if (shares[toGreen] === 10) fake.target = "33333333";
    };
    await assert.rejects(gate(cluster, release, quiet), /all traffic is back at .*Cause: another release was started/);
  });

  it("is asked of Prometheus where one is named, and the query is told where it fails", async () => {
    const prometheus = { service: "monitoring/prom:9090", errorPercent: 'errors{pod=~"api-{{release}}-.*"}' };
    const steps = [
      { weight: 10, seconds: 3 },
      { weight: 100, seconds: 0 },
    ];
    const { release, cluster } = await made({ steps, analysis: { errorPercent: 1, prometheus } });
    const slots = fake.api.answer;
    const asked: string[] = [];
    let body: object = { data: { resultType: "vector", result: [{ value: [1, "0.5"] }] } };
    fake.api.answer = (request) => {
      if (!request.path.startsWith("/api/v1/namespaces/monitoring/services/prom:9090/proxy")) return slots(request);
      asked.push(request.query["query"]!);
      return { body: body as never };
    };
    await gate(cluster, release, quiet);
    assert.equal(asked[0], 'errors{pod=~"api-92929292-.*"}');
    const again = async (told: object, says: RegExp) => {
      body = told;
      [fake.selected, fake.shares, fake.led] = [blue, { [toBlue]: 100 }, []];
      await assert.rejects(gate(cluster, release, quiet), says);
      assert.deepEqual(fake.led, [ramp[0], { [toBlue]: 100 }]);
    };
    const high = { data: { resultType: "vector", result: [{ value: [1, "7.5"] }] } };
    await again(high, /7\.5 % of requests failed \(1 % at most\): the query errors\{.* was answered 200: .*7\.5/);
    const none = { data: { resultType: "vector", result: [] } };
    await again(none, /nothing was measured: the query errors\{.*"result":\[\]/);
  }).timeout(60_000);

  it("moves all at once where nothing leads a share yet, and says so", async () => {
    const { release, cluster } = await made();
    fake.shares = undefined;
    const lines: string[] = [];
    await gate(cluster, release, { ...quiet, info: (line) => void lines.push(line) });
    assert.match(lines.join("\n"), /nothing leads a share to 92929292 yet/);
    assert.deepEqual(fake.moves, [green]);
  });

  it("leaves alone an edge that leads to somebody else's Service: it is maintenance", async () => {
    const { release, cluster } = await made();
    fake.shares = { page: 100 };
    await gate(cluster, release, quiet);
    assert.deepEqual([fake.shares, fake.moves], [{ page: 100 }, [green]]);
  });

  it("goes over from the app's own Service to a release's, and back", async () => {
    const over = await made();
    [fake.shares, fake.written, fake.selected, fake.committed] = [{ api: 100 }, undefined, "rolling", "rolling"];
    await gate(over.cluster, over.release, quiet);
    assert.deepEqual(fake.led, [{ api: 90, [toGreen]: 10 }, { api: 50, [toGreen]: 50 }, { [toGreen]: 100 }]);
    fake.api.stop();
    const back = await made({ steps: [{ weight: 100, seconds: 0 }] }, false, "rolling");
    await gate(back.cluster, back.release, quiet);
    assert.deepEqual([fake.led, fake.moves], [[{ api: 100 }], ["rolling"]]);
  });

  it("waits until the edge has read of a route before the other goes, and not where there is none", async () => {
    const { cluster } = await made();
    fake.api.answer = ({ path }) => (path.endsWith("/ingresses/api-edge") ? { body: {} } : undefined);
    const took = async (type: string) => {
      const since = performance.now();
      await settle(cluster, "api", type, 300);
      return performance.now() - since >= 299;
    };
    assert.deepEqual(await took("kubernetes:traefik.io/v1alpha1:IngressRoute"), true);
    for (const type of ["kubernetes:networking.k8s.io/v1:Ingress", "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"])
      assert.deepEqual(await took(type), false, type);
  });

  const cut: [string, Partial<FakeSlots>, Record<string, number>][] = [
    ["a share", { shares: { [toBlue]: 90, [toGreen]: 10 } }, { [toBlue]: 100 }],
    ["all traffic", { shares: { [toGreen]: 100 }, selected: green }, { [toBlue]: 100 }],
    ["a share in place of rolling", { shares: { api: 90, [toGreen]: 10 }, written: undefined }, { api: 100 }],
    [
      "nothing but its route's write",
      { shares: { [toGreen]: 100 }, selected: green, committed: green },
      { [toGreen]: 100 },
    ],
    ["all, by blue-green in place of it", { shares: { api: 100 }, selected: green }, { [toBlue]: 100 }],
    ["maintenance", { shares: { page: 100 } }, { page: 100 }],
  ];
  for (const [what, state, shares] of cut) {
    it(`puts back what was cut off while it had ${what}`, async () => {
      const { release, cluster } = await made();
      Object.assign(fake, state);
      const { committed } = fake;
      assert.deepEqual(await recover(cluster, release, quiet), { selected: committed, committed });
      assert.deepEqual([fake.shares, fake.selected], [shares, committed]);
    });
  }
});

function stepOf(shares: Record<string, number>) {
  return { weight: shares[toGreen]!, seconds: 5 };
}
