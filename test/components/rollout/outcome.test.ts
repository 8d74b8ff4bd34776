import assert from "node:assert/strict";
import { outcome, stateOf } from "../../../components/rollout/engine/outcome.ts";
import { Cluster, type Live } from "../../../core/cluster/cluster.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** As its controller writes it of the second of three steps. */
function rollout(phase: string, observedGeneration: string, message = ""): Live {
  return {
    metadata: { name: "api", generation: 4 },
    spec: { strategy: { canary: { steps: [{}, {}, {}] } } },
    status: { phase, message, observedGeneration, currentStepIndex: 1 },
  };
}

describe("how an update waits for Argo Rollouts", () => {
  let api: FakeApi;
  let said: string[];
  /** What the API server has of it, one after the other; the last stays. */
  let states: (Live | undefined)[];

  beforeEach(async () => {
    said = [];
    api = await new FakeApi(() => {
      const body = states.length > 1 ? states.shift() : states[0];
      return body && { body };
    }).start();
  });
  afterEach(() => api.stop());

  function waited(seconds = 30): Promise<void> {
    const cluster = new Cluster({ context: "fake", kubeconfig: api.kubeconfig, namespace: "shop" });
    return outcome(cluster, "api", seconds, { ...quiet, step: (line) => said.push(line) });
  }

  it("takes no word of the release before for that of this one, and ends with it", async () => {
    states = [rollout("Healthy", "3"), rollout("Progressing", "4", "more replicas"), rollout("Healthy", "4")];
    await waited();
    assert.deepEqual(said, [
      "api: Argo Rollouts is not seen yet",
      "api: Argo Rollouts is Progressing in step 1 of 3: more replicas",
    ]);
  }).timeout(60_000);

  it("fails where it went back, with the cause, and not for one that went back before", async () => {
    states = [rollout("Degraded", "3", "of before"), rollout("Degraded", "4", 'Metric "smoke" assessed Failed')];
    await assert.rejects(waited(), /went back to the release before\. Cause: Metric "smoke" assessed Failed/);
    assert.deepEqual(said, ["api: Argo Rollouts is not seen yet"]);
  }).timeout(60_000);

  it("names the smoke test where Argo Rollouts only says that a step failed", async () => {
    states = [rollout("Degraded", "4", "RolloutAborted: Step-based analysis phase error/failed")];
    await assert.rejects(waited(), /Cause: RolloutAborted: Step-based analysis phase error\/failed \(the smoke test\)/);
    states = [rollout("Degraded", "4", "Background analysis phase error/failed")];
    await assert.rejects(waited(), /Cause: Background analysis phase error\/failed$/);
  });

  it("gives up waiting in time, and says whom to ask", async () => {
    states = [rollout("Paused", "4", "CanaryPauseStep")];
    await assert.rejects(waited(0), /is Paused after 0 s \(CanaryPauseStep\); .*kubectl argo rollouts get rollout api/);
    states = [undefined];
    await assert.rejects(waited(0), /is not seen yet after 0 s/);
  }).timeout(60_000);

  it("tells nothing of an object that its controller has not seen", () => {
    assert.deepEqual(stateOf(rollout("Healthy", "3")), { phase: "not seen yet", message: "", step: "" });
    assert.equal(stateOf(rollout("Healthy", "4")).phase, "Healthy");
  });
});
