import assert from "node:assert/strict";
import { gate } from "../../../components/rollout/gate.ts";
import { recover } from "../../../components/rollout/recover.ts";
import { clusterOf, type Release } from "../../../components/rollout/release.ts";
import { clear, sweep } from "../../../components/rollout/sweep.ts";
import { ledOf } from "../../../components/rollout/traffic.ts";
import { FakeSlots, type SlotState } from "./fakeSlots.ts";

const [blue, green, third] = ["b1b1b1b1", "92929292", "33333333"];
const say = { info: () => {}, warn: () => {}, error: () => {}, step: () => {} };

describe("the gate before a release's traffic", () => {
  let fake: FakeSlots;
  afterEach(() => fake.api.stop());

  async function made(
    slots: Record<string, SlotState>,
    {
      selected = blue,
      committed = blue,
      target = green,
    }: { selected?: string; committed?: string; target?: string } = {},
  ) {
    fake = new FakeSlots(slots, { selected, committed, target });
    await fake.api.start();
    const release: Release = {
      ...{ app: "api", system: "shop", slot: target, port: 3000, min: 2, max: 4 },
      pods: { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "app" },
      ...{ deadlineSeconds: 1, minReadySeconds: 0, canary: false },
      tried: { smoke: "/health", smokeSeconds: 1, steps: [{ weight: 100, seconds: 1 }] },
      target: { context: "fake", kubeconfig: fake.api.kubeconfig },
    };
    return { release, cluster: clusterOf(release, "shop") };
  }
  const serving: () => SlotState = () => ({ replicas: 4, available: 4, tracked: true });
  const fresh: () => SlotState = () => ({ replicas: 2, available: 2 });

  it("makes the new release as many as the old one, then moves all traffic, and leaves the write to the engine", async () => {
    const { release, cluster } = await made({ [blue]: serving(), [green]: fresh() });
    let replicas = 0;
    fake.onMove = () => {
      replicas = fake.slots[green]!.available;
    };
    await gate(cluster, release, say);
    assert.deepEqual(fake.moves, [green]);
    assert.equal(replicas, 4, "before the first request");
    assert.equal(fake.committed, blue);
  });

  it("moves nothing for a release that never gets ready, and says why", async () => {
    const { release, cluster } = await made({ [blue]: serving(), [green]: { replicas: 2, available: 0 } });
    const says =
      /the release of 92929292 in place of b1b1b1b1 failed, and b1b1b1b1 has served all the time\. Cause: 0 of 4 pods can serve/;
    await assert.rejects(gate(cluster, release, say), says);
    assert.deepEqual(fake.moves, []);
  });

  for (const [what, answer] of Object.entries({
    "a status": { status: 503, body: "not well" },
    "the body alone": { status: 200, body: '{"status":"degraded"}' },
  })) {
    it(`moves nothing where a smoke test fails, told by ${what}`, async () => {
      const { release, cluster } = await made({ [blue]: serving(), [green]: { ...fresh(), answers: () => answer } });
      await assert.rejects(gate(cluster, release, say), /Cause: smoke test: pod 92929292\.0: \/health answered/);
      assert.deepEqual(fake.moves, []);
    });
  }

  it("moves all traffic back from a release that fails under it [AV-66 MQ-11]", async () => {
    const { release, cluster } = await made({ [blue]: serving(), [green]: fresh() });
    fake.onMove = (slot) => {
      fake.slots[green]!.answers = () => ({ status: slot === green ? 500 : 200, body: "broken" });
    };
    release.tried.steps = [{ weight: 100, seconds: 5 }];
    await assert.rejects(
      gate(cluster, release, say),
      /all traffic is back at b1b1b1b1\. Cause: under traffic: pod 9292/,
    );
    assert.deepEqual(fake.moves, [green, blue]);
  });

  it("moves all traffic back where it is interrupted, and at once", async () => {
    const { release, cluster } = await made({ [blue]: serving(), [green]: fresh() });
    release.tried.steps = [{ weight: 100, seconds: 60 }];
    let since = 0;
    fake.onMove = (slot) => {
      if (slot !== green) return;
      since = Date.now();
      setTimeout(() => process.emit("SIGINT", "SIGINT"), 50);
    };
    await assert.rejects(gate(cluster, release, say), /back at b1b1b1b1\. Cause: interrupted/);
    assert.deepEqual(fake.moves, [green, blue]);
    assert.ok(Date.now() - since < 30_000, "not after the minute of its step");
  });

  it("moves nothing for a program that the engine has lost: another release is on record", async () => {
    const { release, cluster } = await made({ [blue]: serving(), [green]: fresh() });
    fake.target = third;
    await assert.rejects(gate(cluster, release, say), /another release was started meanwhile/);
    assert.deepEqual(fake.moves, []);
  });

  it("does nothing where the engine writes what serves already, or where there is no Service yet", async () => {
    const { release, cluster } = await made({ [blue]: serving() }, { target: blue });
    await gate(cluster, release, say);
    assert.deepEqual(fake.moves, []);
    fake.api.answer = () => undefined;
    await gate(cluster, release, say);
  });

  it("says what to do where the engine believes in a release that is gone", async () => {
    const { release, cluster } = await made({ [blue]: serving() });
    await assert.rejects(gate(cluster, release, say), /api-92929292 is not there, .* pulumi up --refresh/);
  });

  it("puts back what was cut off while it had the traffic, before anything else", async () => {
    const { release, cluster } = await made({ [blue]: serving(), [green]: fresh() }, { selected: green });
    assert.deepEqual(await recover(cluster, release, say), { selected: blue, committed: blue });
    assert.deepEqual(fake.moves, [blue]);
  });

  it("goes on with who serves, where what was committed is gone", async () => {
    const { release, cluster } = await made({ [green]: fresh() }, { selected: green });
    assert.deepEqual(await recover(cluster, release, say), { selected: green, committed: green });
    assert.deepEqual(fake.moves, []);
  });

  it("removes releases that nobody tracks, and none that serves, is wanted, or the engine knows of", async () => {
    const slots = { [blue]: fresh(), [green]: fresh(), [third]: fresh(), "44444444": { ...fresh(), tracked: true } };
    const { release, cluster } = await made(slots);
    await sweep(cluster, release, await ledOf(cluster, "api"), say);
    assert.deepEqual(fake.deleted, [`api-${third}`]);
    await clear(cluster, "Deployment", release, await ledOf(cluster, "api"), say);
    assert.deepEqual(fake.deleted, [`api-${third}`, `api-${green}`]);
  });
});
