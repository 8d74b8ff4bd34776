import assert from "node:assert/strict";
import { isWhole, record } from "../../proof.ts";
import { eventually } from "../eventually.ts";
import { describeAtEdge, type Machine } from "../machine.ts";
import { ArgoController } from "./release/argoController.ts";
import { throughTraefik } from "./release/door.ts";
import { type Released, ReleasingSystem, type Version } from "./release/releasingSystem.ts";
import { Shared } from "./release/shared.ts";

const steps = [
  { weight: 10, seconds: 12 },
  { weight: 50, seconds: 12 },
  { weight: 100, seconds: 8 },
];
const byArgo = { engine: "argoRollouts", canary: { smokeSeconds: 5, steps } };

describeAtEdge("a canary by the real Argo Rollouts, through a real Traefik by Ingress", function (machine, ports) {
  this.timeout("15m");
  if (!isWhole("releases")) {
    it("skipped: npm run proof -- releases runs it");
    return;
  }
  releases(machine, ports);
});

function releases(machine: Machine, ports: { http: number }): void {
  const system = new ReleasingSystem(machine, ["pr-84", "pr-85"], throughTraefik("ingress", ports));
  const controller = new ArgoController(machine);

  before("up, rolling, with the controller beside it", async () => {
    await controller.start();
    await system.make({ rolling: {} });
  });
  after(async () => {
    await system.drop();
    await controller.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") console.log(await controller.lastWords());
  });

  /** How the edge leads, by the Services' names; undefined where it leads to none by weight yet. */
  async function shares(): Promise<Record<string, number>> {
    const all = await system.get("traefikservices", "{.spec.weighted.services}", "api-edge");
    const weights: { name: string; weight: number }[] = JSON.parse(all);
    return Object.fromEntries(weights.filter(({ weight }) => weight > 0).map(({ name, weight }) => [name, weight]));
  }

  async function released(what: string, version: Version): Promise<Released & { shared: Shared }> {
    const shared = new Shared(shares);
    const result = await shared.during(system.release(version, byArgo, 0, (at, body) => shared.hear(at, body)));
    const lost = Object.values(result.outcome.failed).reduce((sum, at) => sum + at.length, 0);
    record("A release by Argo Rollouts through Traefik, under load", {
      what,
      requests: result.outcome.sent,
      failed: lost,
      "share measured %": shared.told("api-canary", version),
      "release s": Math.round(result.seconds),
      ends: result.code === 0 ? "released" : "not released",
    });
    assert.deepEqual(result.outcome.failed, {}, result.output);
    return { ...result, shared };
  }

  /**
   * As it ends, Argo Rollouts points the stable Service to the new pods and gives it all weight at once: until Traefik has read the
   * new endpoints too, the old pods, which live on, may answer.
   */
  async function alone(version: Version): Promise<void> {
    const since = Date.now();
    await eventually(async () => (await system.serving()) === version || undefined, 200);
    const seconds = (Date.now() - since) / 1000;
    console.log(`      ${version} served alone ${seconds} s after the up had ended`);
    assert.ok(seconds < 10, `${version} served alone after ${seconds} s`);
  }

  it("takes the place of rolling without a request lost, and leaves nothing of ours beside it", async () => {
    const { code, output } = await released("in place of rolling", "first");
    assert.equal(code, 0, output);
    await alone("first");
    assert.deepEqual(await system.deployments(), []);
    const maps = await system.get("configmaps", "{.items[*].metadata.name}");
    assert.doesNotMatch(maps, /api-releases?\b/);
    assert.equal(await system.get("rollouts", "{.status.phase}", "api"), "Healthy");
  });

  it("goes through its steps, each with its share, and loses nothing", async () => {
    const { code, output, shared } = await released("a good version", "second");
    assert.equal(code, 0, output);
    await alone("second");
    const measured = shared.plateaus("api-canary", "second");
    assert.deepEqual(
      measured.map(({ weight }) => weight),
      [10, 50, 100],
    );
    for (const { weight, share } of measured) assert.ok(Math.abs(share - weight) <= 3, `${share} % at ${weight} %`);
    assert.match((await system.palier("status")).output, /api: Argo Rollouts says Healthy/);
    const back = await system.palier("rollback");
    assert.equal(back.code, 2, back.output);
    assert.match(back.output, /released by Argo Rollouts, which keeps its own releases/);
  });

  it("gives no request to a version whose smoke test fails, and the update fails", async () => {
    const { code, output, shared } = await released("smoke test fails by its body alone", "sick");
    assert.notEqual(code, 0, output);
    assert.match(output, /api: Argo Rollouts went back to the release before\. Cause: .*smoke/);
    assert.deepEqual(shared.answersOf("sick"), []);
    assert.equal(await system.serving(), "second");
    const status = await system.palier("status");
    assert.equal(status.code, 1, status.output);
    assert.match(status.output, /api: Argo Rollouts says Degraded/);
  });

  it("goes back from a version that fails under its share, and on with the next", async () => {
    const { code, output, shared } = await released("fails under 10 %", "failing");
    assert.notEqual(code, 0, output);
    assert.match(output, /Background analysis phase error\/failed: Metric "smoke" assessed Error .*503/);
    assert.ok(shared.answersOf("failing").length > 0);
    assert.equal(await system.serving(), "second");
    const again = await released("the version before, again", "second");
    assert.equal(again.code, 0, again.output);
    await alone("second");
  });
}
