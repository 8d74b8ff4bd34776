import assert from "node:assert/strict";
import { gate } from "../../../components/rollout/gate.ts";
import { clusterOf, type Release } from "../../../components/rollout/release.ts";
import { FakeSlots } from "./fakeSlots.ts";

const [blue, green] = ["b1b1b1b1", "92929292"];
const [toBlue, toGreen] = [`api-${blue}`, `api-${green}`];
const quiet = { info: () => {}, warn: () => {}, error: () => {}, step: () => {} };
const ramp = [{ [toBlue]: 90, [toGreen]: 10 }, { [toBlue]: 50, [toGreen]: 50 }, { [toGreen]: 100 }];

describe("a canary whose write is done, and its answer lost", () => {
  let fake: FakeSlots;
  beforeEach(async () => {
    const slots = { [blue]: { replicas: 2, available: 2, tracked: true }, [green]: { replicas: 2, available: 2 } };
    fake = new FakeSlots(slots, { selected: blue, committed: blue, target: green });
    [fake.shares, fake.written] = [{ [toBlue]: 100 }, toBlue];
    await fake.api.start();
  });
  afterEach(() => fake.api.stop());

  function released(): Promise<void> {
    const release: Release = {
      ...{ app: "api", system: "shop", slot: green, contract: false, port: 3000, min: 2, max: 4, canary: true },
      ...{ pods: { "app.kubernetes.io/name": "api" }, deadlineSeconds: 1, minReadySeconds: 0 },
      tried: { smoke: "/health", smokeSeconds: 1, steps: [10, 50, 100].map((weight) => ({ weight, seconds: 0 })) },
      weighed: { kind: "HTTPRoute", name: "api-edge" },
      target: { context: "fake", kubeconfig: fake.api.kubeconfig },
    };
    return gate(clusterOf(release, "shop"), release, quiet);
  }

  /** So many answers to writes of a kind, after the first ones. */
  function lose(kind: string, count: number, after = 0): void {
    let writes = 0;
    fake.isLost = ({ method, path }) => {
      if (method !== "PATCH" || !path.includes(`/${kind}/`)) return false;
      writes++;
      return writes > after && writes <= after + count;
    };
  }

  for (const kind of ["httproutes", "services"]) {
    it(`goes on where an answer was lost and what it was asked is done, of ${kind}`, async () => {
      lose(kind, 1);
      await released();
      assert.deepEqual([fake.led, fake.moves], [ramp, [green]]);
    });
  }

  it("leads all back where nobody answers the write of the first share, which was done all the same [AV-66]", async () => {
    lose("httproutes", 3);
    await assert.rejects(released(), /and all traffic is back at b1b1b1b1\. Cause: .*(hang up|RESET)/);
    assert.deepEqual([fake.led, fake.shares], [[ramp[0], { [toBlue]: 100 }], { [toBlue]: 100 }]);
  });

  it("knows that all is back where the answer to that was lost", async () => {
    fake.onLed = (shares) => {
      if (shares[toGreen] === 10) fake.target = "33333333";
    };
    lose("httproutes", 1, 1);
    await assert.rejects(released(), /all traffic is back at .*Cause: another release was started/);
    assert.deepEqual(fake.shares, { [toBlue]: 100 });
  });

  it("says that somebody else has moved it where that was before the first share", async () => {
    fake.slots[green]!.answers = () => {
      fake.shares = { [toBlue]: 70, [toGreen]: 30 };
      return { status: 200, body: "" };
    };
    await assert.rejects(released(), /and somebody else has moved its traffic meanwhile/);
    assert.deepEqual([fake.led, fake.shares], [[], { [toBlue]: 70, [toGreen]: 30 }]);
  });
}).timeout(60_000);
