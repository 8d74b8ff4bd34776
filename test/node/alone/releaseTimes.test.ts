import assert from "node:assert/strict";
import { isWhole } from "../../proof.ts";
import { eventually } from "../eventually.ts";
import { kubectl } from "../kubectl.ts";
import { describeAtEdge, type Machine } from "../machine.ts";
import { ArgoController } from "./release/argoController.ts";
import { throughTraefik } from "./release/door.ts";
import { ReleasingSystem, type Version } from "./release/releasingSystem.ts";
import { Shared } from "./release/shared.ts";
import { compare, type Times } from "./release/times.ts";

const times = Number(process.env["PALIER_TIMES"] ?? 5);
const steps = [10, 50, 100].map((weight) => ({ weight, seconds: 5 }));
const strategies = {
  rolling: { rolling: {} },
  blueGreen: { blueGreen: { bakeSeconds: 5, smokeSeconds: 5 } },
  canary: { canary: { smokeSeconds: 5, steps } },
};

describeAtEdge("seconds of a release, beside those of kubectl and Argo Rollouts", function (machine, ports) {
  this.timeout("30m");
  if (!isWhole("releases")) {
    it("skipped: npm run proof -- releases runs it");
    return;
  }
  measured(machine, ports);
});

interface Rollout {
  metadata: { generation: number };
  status: {
    observedGeneration: string;
    phase: string;
    replicas: number;
    updatedReplicas: number;
    conditions: object[];
  };
}

/** In turn, so that each release is of another image than the one before. */
const inTurn = Array.from({ length: times }, (_, index): Version => (["second", "third"] as const)[index % 2]!);

function measured(machine: Machine, ports: { http: number }): void {
  const own = new ReleasingSystem(machine, ["pr-86", "pr-87"], throughTraefik("ingress", ports));
  const argo = new ReleasingSystem(machine, ["pr-88", "pr-89"], throughTraefik("ingress", ports));
  const controller = new ArgoController(machine);

  before("both up", async () => {
    await controller.start();
    // One count of pods: then each may be released by kubectl too.
    for (const system of [own, argo]) system.door.config["release:fixed"] = true;
    await own.make(strategies.rolling);
    await argo.make({ engine: "argoRollouts", ...strategies.rolling });
  });
  after(async () => {
    await own.drop();
    await argo.drop();
    await controller.stop();
  });

  /** `pulumi up` to committed, each time from the first image. */
  async function byPalier(strategy: object): Promise<number[]> {
    const all: number[] = [];
    await released("first", strategy);
    for (const version of inTurn) all.push(await released(version, strategy));
    return all;
  }

  async function released(version: Version, strategy: object): Promise<number> {
    const { code, output, seconds, outcome } = await own.release(version, strategy);
    assert.equal(code, 0, output);
    assert.deepEqual(outcome.failed, {}, output);
    return seconds;
  }

  const inOwn = (...args: string[]) => kubectl(machine, "-n", own.trial.namespace, ...args);
  const inArgo = (...args: string[]) => kubectl(machine, "-n", argo.trial.namespace, ...args);

  async function byKubectl(): Promise<number[]> {
    const all: number[] = [];
    for (const version of inTurn.map((one): Version => (one === "second" ? "third" : "second"))) {
      const seconds = await own.timed(async () => {
        await inOwn("set", "image", "deployment/api", `app=${own.image(version)}`);
        await inOwn("rollout", "status", "deployment/api", "--timeout=120s");
      });
      all.push(seconds);
    }
    return all;
  }

  /** What its own command changes, until it says that it is done. */
  async function byArgo(strategy: object): Promise<number[]> {
    const { code, output } = await argo.release("first", { engine: "argoRollouts", ...strategy });
    assert.equal(code, 0, output);
    // What was changed beside Pulumi, an `up` of the same image leaves.
    await setImage("first");
    const all: number[] = [];
    for (const version of inTurn) {
      await withoutOldPods();
      all.push(await argo.timed(() => setImage(version)));
    }
    return all;
  }

  async function setImage(version: Version): Promise<void> {
    const path = "/spec/template/spec/containers/0/image";
    const patch = JSON.stringify([{ op: "replace", path, value: argo.image(version) }]);
    await inArgo("patch", "rollout/api", "--type=json", "-p", patch);
    await rollout(({ metadata, status }) => {
      return Number(status.observedGeneration) >= metadata.generation && status.phase === "Healthy";
    });
  }

  /** Back to pods that it still has Argo Rollouts goes at once, without what it does before a release. */
  const withoutOldPods = () => rollout(({ status }) => status.replicas === status.updatedReplicas);

  async function rollout(isThere: (rollout: Rollout) => boolean): Promise<void> {
    for (const until = Date.now() + 180_000; ; ) {
      const now: Rollout = JSON.parse(await inArgo("get", "rollout/api", "-o", "json"));
      if (isThere(now)) return;
      assert.ok(Date.now() < until, JSON.stringify(now.status.conditions));
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  for (const [name, strategy] of Object.entries(strategies)) {
    it(`of ${name}, from the command until it counts`, async () => {
      const all: Times = { "palier: pulumi up": await byPalier(strategy) };
      if (name === "rolling") all["kubectl set image, rollout status"] = await byKubectl();
      all["Argo Rollouts: set image"] = await byArgo(strategy);
      compare(name, all);
    });
  }

  /**
   * Of a canary that fails once each of its pods has answered twenty requests: from its 39th answer, by which one of two has
   * failed, to its last.
   */
  function backIn(shared: Shared): number {
    const answers = shared.answersOf("failing").toSorted((a, b) => a - b);
    assert.ok(answers.length > 39, `it answered ${answers.length} requests`);
    return (answers.at(-1)! - answers[38]!) / 1000;
  }

  it("of a way back, from what fails to the old version alone", async () => {
    const all: Times = { palier: [], "Argo Rollouts": [] };
    for (let index = 0; index < times; index++) {
      const mine = new Shared(async () => ({}));
      await own.release("first", strategies.canary);
      const slow = { canary: { smokeSeconds: 5, steps: steps.map((step) => ({ ...step, seconds: 20 })) } };
      await own.release("failing", slow, 0, (at, body) => mine.hear(at, body));
      all["palier"]!.push(backIn(mine));
      const theirs = new Shared(async () => ({}));
      const version = inTurn[index]!;
      await argo.release(version, { engine: "argoRollouts", ...strategies.canary });
      await argo.release("failing", { engine: "argoRollouts", ...slow }, 0, (at, body) => theirs.hear(at, body));
      all["Argo Rollouts"]!.push(backIn(theirs));
    }
    compare("back from a canary that fails", all);
  });

  it("of palier rollback, to the release before and to one that was removed", async () => {
    const [before, removed]: [number[], number[]] = [[], []];
    for (let index = 0; index < times; index++) {
      for (const version of ["first", "second", "third"] as const) await released(version, strategies.rolling);
      before.push(await own.timed(() => back("second")));
      for (const version of ["first", "second", "third"] as const) await released(version, strategies.blueGreen);
      removed.push(await own.timed(() => back("first")));
    }
    compare("palier rollback", { "rolling, to the release before": before, "blueGreen, to a removed one": removed });
  });

  async function back(to: Version): Promise<void> {
    const { code, output } = await own.palier("rollback", own.slot(to));
    assert.equal(code, 0, output);
    // Pods that end may have a last request of the edge's.
    await eventually(async () => ((await own.serving()) === to ? true : undefined), 200);
  }
}
