import assert from "node:assert/strict";
import { join } from "node:path";
import { answers } from "../answers.ts";
import { AvnirTrial } from "../avnir-trial.ts";
import { load } from "../load.ts";
import { describeOnNode } from "../machine.ts";

const program = (name: string) => join(import.meta.dirname, "rollout", name);
const names = ["first", "second", "failing", "unready"] as const;

describeOnNode("a release by rolling update, at a hundred requests a second", function (machine) {
  this.timeout("5m");
  const port = machine.nodePortFirst + 20;
  const url = `http://127.0.0.1:${port}/`;
  const trial = new AvnirTrial(machine, "pr-8");
  const builds = new AvnirTrial(machine, "pr-9");
  const images = { first: "", second: "", failing: "", unready: "" };

  before("up with two replicas, and images to release", async () => {
    await builds.init("dev", { main: program("images.ts") });
    await builds.good("up", "--yes", "--skip-preview", "--stack", builds.stack);
    for (const name of names) images[name] = await builds.output(name);
    await trial.init("dev", { main: program("system.ts"), config: { "rollout:nodePort": port } });
    await trial.set("avnir:images.api", images.first);
    const { code, output } = await trial.up();
    assert.equal(code, 0, output);
    await answers(url);
  });

  after(async () => {
    await trial.drop();
    builds.project.remove();
  });

  /** Brings up what the configuration says, under load. */
  async function release() {
    const { outcome, result } = await load(url, () => trial.up());
    assert.ok(outcome.sent > 300, `only ${outcome.sent} requests were sent`);
    const failed = Object.entries(outcome.failed).map(([what, seconds]) => `${seconds.length} ${what}`);
    console.log(`      ${outcome.sent} requests, failed: ${failed.join("; ") || "none"}`);
    return { ...result, failed: outcome.failed };
  }

  /** Which release answers: asked for up to five seconds, as a Service forgets a pod a moment after its Deployment did. */
  async function answersAs(release: string): Promise<void> {
    const deadline = Date.now() + 5000;
    for (;;) {
      const answer = (await (await answers(url)).json()) as { release: string };
      if (answer.release === release) return;
      if (Date.now() > deadline) assert.equal(answer.release, release);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  it("answers every request, and ends with the new version [AV-01 MQ-23 P-30]", async () => {
    await trial.set("avnir:images.api", images.second);
    const { code, output, failed } = await release();
    assert.equal(code, 0, output);
    assert.deepEqual(failed, {});
    await answersAs("second");
  });

  const bad: Record<string, { image: () => string; says: RegExp }> = {
    "a migration that fails": {
      image: () => images.failing,
      says: /migration failed: failed because FAIL_MIGRATION is set/,
    },
    "an image that never gets ready": {
      image: () => images.unready,
      says: /Readiness probe failed: HTTP probe failed with statuscode: 503/,
    },
    "an image that is not there": {
      image: () => images.second.replace(/[0-9a-f]{64}$/, "0".repeat(64)),
      says: /ErrImagePull|ImagePullBackOff/,
    },
  };
  for (const [what, { image, says }] of Object.entries(bad)) {
    it(`stops at ${what}, says the pod's reason, and the old version answers every request [AV-71 MQ-11]`, async () => {
      await trial.set("avnir:images.api", image());
      const { code, output, failed } = await release();
      assert.notEqual(code, 0, output);
      assert.match(output, says);
      assert.deepEqual(failed, {});
      await answersAs("second");
    });
  }

  it("goes back to the image before, as if nothing had happened", async () => {
    await trial.set("avnir:images.api", images.second);
    const { code, output, failed } = await release();
    assert.equal(code, 0, output);
    assert.deepEqual(failed, {});
    await answersAs("second");
  });

  it("loses requests without readiness and preStop: the load sees what there is to see", async () => {
    await trial.set("rollout:unprotected", "true");
    const { code, output } = await trial.up();
    assert.equal(code, 0, output);
    await trial.set("avnir:images.api", images.first);
    const lossy = await release();
    assert.equal(lossy.code, 0, lossy.output);
    assert.notDeepEqual(lossy.failed, {});
  });
});
