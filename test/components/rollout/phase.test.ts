import assert from "node:assert/strict";
import { recover } from "../../../components/rollout/recover.ts";
import { clusterOf, type Release } from "../../../components/rollout/release.ts";
import type { Say } from "../../../components/rollout/say.ts";
import { refuseUnled, weigh } from "../../../components/rollout/weigh.ts";
import { FakeSlots, type SlotState } from "./fakeSlots.ts";

const [blue, green] = ["b1b1b1b1", "92929292"];
const [toBlue, toGreen] = [`api-${blue}`, `api-${green}`];
const quiet: Say = { info: () => {}, warn: () => {}, error: () => {}, step: () => {} };
const shares = (share: number) => ({ [toBlue]: 100 - share, ...(share && { [toGreen]: share }) });

describe("a canary that waits for a human", () => {
  let fake: FakeSlots;
  afterEach(() => fake.api.stop());

  /** @param committed Its share as the engine has last written it. */
  async function made(share: number, committed = 0, seconds = 0) {
    const slots: Record<string, SlotState> = {
      [blue]: { replicas: 2, available: 2, tracked: true },
      [green]: { replicas: 2, available: 2, tracked: true },
    };
    fake = new FakeSlots(slots, { selected: blue, committed: blue, target: blue });
    fake.shares = shares(committed);
    fake.written = committed ? `${toBlue}=${100 - committed},${toGreen}=${committed}` : toBlue;
    fake.record = share ? { next: green, share: String(share) } : {};
    await fake.api.start();
    const steps = [10, 50, 100].map((weight) => ({ weight, seconds }));
    const tried = { smoke: "/health", smokeSeconds: 1, steps };
    const release: Release = {
      ...{ app: "api", system: "shop", slot: blue, port: 3000, min: 2, max: 10, canary: true },
      pods: { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "app" },
      ...{ deadlineSeconds: 1, minReadySeconds: 0, tried },
      ...(share && { phase: { slot: green, share, tried } }),
      weighed: { kind: "HTTPRoute", name: "api-edge" },
      target: { context: "fake", kubeconfig: fake.api.kubeconfig },
    };
    const cluster = clusterOf(release, "shop");
    const up = (say = quiet) => weigh(cluster, release, route(share), say);
    return { release, cluster, up };
  }

  it("goes to its share by the steps up to it, and stays there: the app's own Service stays with what counts", async () => {
    for (const [from, to, led] of [
      [0, 10, [10]],
      [0, 50, [10, 50]],
      [10, 50, [50]],
    ] as const) {
      const { up } = await made(to, from);
      const lines: string[] = [];
      await up({ ...quiet, info: (line) => void lines.push(line) });
      assert.deepEqual(fake.led, led.map(shares), `${from} to ${to}`);
      assert.deepEqual(fake.moves, []);
      assert.match(lines.at(-1)!, new RegExp(`stays at ${to} % until the next phase`));
      fake.api.stop();
    }
  });

  it("does nothing where it has its share, and leads nothing itself on the way back", async () => {
    for (const [from, to] of [
      [10, 10],
      [50, 10],
      [50, 0],
    ] as const) {
      const { up } = await made(to, from);
      await up();
      assert.deepEqual([fake.led, fake.moves], [[], []], `${from} to ${to}`);
      fake.api.stop();
    }
  });

  it("gives all back where it fails under a greater share, the lesser one too, and leads it nowhere by itself", async () => {
    const { up, cluster, release } = await made(50, 10, 3);
    fake.onLed = (led) => {
      if (led[toGreen]) fake.slots[green]!.answers = () => ({ status: 500, body: "broken" });
    };
    await assert.rejects(
      up(),
      /the release of 92929292 beside b1b1b1b1 failed, and all traffic is back at b1b1b1b1\. Cause: under 50 %/,
    );
    assert.deepEqual(fake.shares, { [toBlue]: 100 });
    const lines: string[] = [];
    release.phase!.share = 10;
    await recover(cluster, release, { ...quiet, warn: (line) => void lines.push(line) });
    assert.deepEqual(fake.shares, { [toBlue]: 100 });
    assert.match(lines.join(), /all requests were taken from 92929292, which had 10 %: .* pulumi up --refresh/);
  }).timeout(60_000);

  it("gives back at a Ctrl-C what it had not before, and no more", async () => {
    const { up } = await made(50, 10, 60);
    fake.onLed = (led) => {
      if (led[toGreen] === 50) setTimeout(() => process.emit("SIGINT", "SIGINT"), 50);
    };
    await assert.rejects(up(), /failed, and it has 10 % as before\. Cause: interrupted/);
    assert.deepEqual(fake.shares, shares(10));
  });

  it("is put back to its last phase after kill -9, and tried again", async () => {
    const { up } = await made(50, 10);
    fake.shares = shares(50);
    const lines: string[] = [];
    await up({ ...quiet, info: (line) => void lines.push(line) });
    assert.match(lines[0]!, /a release to 92929292 was cut off; it has 10 % again/);
    assert.deepEqual(fake.led, [10, 50].map(shares));
  });

  it("is put back to nothing after kill -9 in its first phase, where that is taken out", async () => {
    const { cluster, release } = await made(0);
    fake.shares = shares(10);
    await recover(cluster, release, quiet);
    assert.deepEqual(fake.shares, { [toBlue]: 100 });
  });

  it("leads to nobody whose Service is gone", async () => {
    const { cluster, release } = await made(10, 10);
    delete fake.slots[green];
    await recover(cluster, release, quiet);
    assert.deepEqual(fake.shares, { [toBlue]: 100 });
  });

  it("is as many as all requests need, and so is the other: its autoscaler has followed its lesser share", async () => {
    const { up } = await made(50, 10);
    fake.slots[blue] = { replicas: 4, available: 4 };
    await up();
    assert.deepEqual([fake.slots[blue]!.replicas, fake.slots[green]!.replicas], [5, 5]);
    fake.api.stop();
    const back = await made(0, 50);
    fake.slots[blue] = { replicas: 3, available: 3 };
    await back.up();
    assert.equal(fake.slots[blue]!.replicas, 6);
  });

  it("moves nothing for a program that the engine has lost: another phase is on record", async () => {
    const { up } = await made(50);
    fake.record = { next: green, share: "10" };
    await assert.rejects(up(), /another release was started meanwhile/);
    assert.deepEqual(fake.led, []);
  });

  it("is refused where nothing gives shares yet: nobody could watch it", async () => {
    const { release } = await made(10);
    assert.throws(
      () => refuseUnled(release),
      /92929292 can't have 10 % .* Bring b1b1b1b1 up as a canary without phase/,
    );
    const { phase: _, ...whole } = release;
    refuseUnled(whole);
  });
});

function route(share: number): object {
  const backendRefs = Object.entries(shares(share)).map(([name, weight]) => ({ name, port: 3000, weight }));
  return { spec: { rules: [{ backendRefs }] } };
}
