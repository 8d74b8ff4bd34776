import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { clusterOf, type Release } from "../../../../components/rollout/release.ts";
import { weightsOf } from "../../../../components/rollout/shares.ts";
import { AvnirTrial } from "../../avnir-trial.ts";
import { eventually } from "../../eventually.ts";
import { killEngine } from "../../faults/killEngine.ts";
import { kubectl } from "../../kubectl.ts";
import { type Asking, load, type Outcome } from "../../load.ts";
import type { Machine } from "../../machine.ts";
import type { Ran } from "../../trial-project.ts";
import { type Door, said } from "./door.ts";
import { Shared } from "./shared.ts";

export const versions = ["first", "second", "third", "unready", "sick", "failing", "flaky", "crashing"] as const;
export type Version = (typeof versions)[number];

/** What an `up` under load came to. */
export interface Released extends Ran {
  seconds: number;
  outcome: Outcome;
}

/** When a release is cut off: while it has a share of the requests, or all; while its Deployment is made; or once that is so. */
export type Moment = "share" | "traffic" | "making" | (() => Promise<boolean>);

/** An app that is released, and what is asked of it meanwhile. */
export class ReleasingSystem {
  readonly machine: Machine;
  readonly trial: AvnirTrial;
  readonly door: Door;
  readonly #builds: AvnirTrial;
  readonly #images = new Map<Version, string>();

  /** @param stacks Of the app, and of what builds its images. */
  constructor(machine: Machine, stacks: [string, string], door: Door) {
    this.machine = machine;
    this.trial = new AvnirTrial(machine, stacks[0]);
    this.#builds = new AvnirTrial(machine, stacks[1]);
    this.door = door;
  }

  /** The images, and the first of them up by this strategy. */
  async make(rollout: object): Promise<void> {
    await this.#builds.init("dev", { main: join(import.meta.dirname, "images.ts") });
    await this.#builds.good("up", "--yes", "--skip-preview", "--stack", this.#builds.stack);
    for (const version of versions) this.#images.set(version, await this.#builds.output(version));
    await this.trial.init("dev", { main: join(import.meta.dirname, "system.ts"), config: this.door.config });
    await this.#want("first", rollout);
    await this.trial.good("up", "--yes", "--skip-preview", "--stack", this.trial.stack);
    await eventually(async () => (await said(this.door)) !== undefined || undefined);
  }

  async drop(): Promise<void> {
    await this.trial.drop();
    this.#builds.project.remove();
  }

  image(version: Version): string {
    return this.#images.get(version)!;
  }

  /** Seconds of anything, under load. */
  async timed(during: () => Promise<unknown>): Promise<number> {
    const { result } = await this.#load(async () => {
      const since = Date.now();
      await during();
      return (Date.now() - since) / 1000;
    });
    return result;
  }

  /** The name of a version's slot. */
  slot(version: Version): string {
    return /sha256:(.{8})/.exec(this.image(version))![1]!;
  }

  /** `pulumi up` under load, at a hundred requests a second. */
  async release(version: Version, rollout: object, atLeast = 0, heard?: Asking["heard"]): Promise<Released> {
    await this.#want(version, rollout);
    const since = Date.now();
    const { outcome, result } = await this.#load(() => this.trial.up(), atLeast, heard);
    return { ...result, outcome, seconds: (Date.now() - since) / 1000 };
  }

  /** `pulumi preview` under load, which moves nothing: nobody answers who did not before, and nothing is led otherwise. */
  async preview(version: Version, rollout: object): Promise<Released> {
    await this.#want(version, rollout);
    const traffic = async () => ({ selected: await this.selected(), shares: await this.shares() });
    const [before, served, since] = [await traffic(), await this.serving(), Date.now()];
    const heard = new Shared(async () => undefined);
    const preview = () => this.trial.run("preview", "--stack", this.trial.stack);
    const { outcome, result } = await this.#load(preview, 200, (at, body) => heard.hear(at, body));
    assert.equal(result.code, 0, result.output);
    assert.deepEqual(await traffic(), before, result.output);
    const strangers = versions.filter((one) => !served.includes(one) && heard.answersOf(one).length > 0);
    if (Object.keys(before.shares ?? {}).length < 2) assert.deepEqual(strangers, [], `${served} served`);
    return { ...result, outcome, seconds: (Date.now() - since) / 1000 };
  }

  /** The same as a release, cut off at a moment. */
  async cutOff(
    version: Version,
    rollout: object,
    { signal, at }: { signal: "SIGKILL" | "SIGINT"; at: Moment },
  ): Promise<Released> {
    const slot = this.slot(version);
    const there = async () => {
      if (typeof at === "function") return at();
      if (at === "traffic") return (await this.selected()) === slot;
      if (at === "share") return Object.keys((await this.shares()) ?? {}).some((name) => name.endsWith(slot));
      return (await this.get("deployments", "{.items[*].metadata.name}")).includes(slot);
    };
    const cut = async () => {
      for (const end = Date.now() + 120_000; !(await there()); ) {
        if (Date.now() > end) throw new Error(`${version}: the moment to cut it off did not come`);
        await new Promise((done) => setTimeout(done, 100));
      }
      killEngine(this.trial.project, signal);
    };
    const cutting = cut().catch((error: Error) => error);
    const released = await this.release(version, rollout);
    const problem = await cutting;
    if (problem) throw problem;
    if (signal === "SIGKILL") await this.trial.good("cancel", "--yes", "--stack", this.trial.stack);
    return released;
  }

  /** A command of `palier` about this environment. */
  async palier(command: string, ...args: string[]): Promise<Ran> {
    const { folder, env } = this.trial.project;
    const program = join(import.meta.dirname, "../../../../cli/palier.ts");
    const all = [program, ...command.split(" "), this.trial.stack, ...args, "--project", folder];
    const run = promisify(execFile)(this.machine.node, all, { env, maxBuffer: 16 << 20 });
    const { stdout, stderr, code } = await run.then(
      (ran) => ({ ...ran, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    );
    return { code, output: stdout + stderr };
  }

  /** `palier rollback`, under load. */
  async back(): Promise<Released> {
    const since = Date.now();
    const { outcome, result } = await this.#load(() => this.palier("rollback"));
    return { ...result, outcome, seconds: (Date.now() - since) / 1000 };
  }

  /** `palier drill rollback`, under load. */
  async drill(file: string): Promise<Released> {
    const since = Date.now();
    const drill = () => this.palier("drill rollback", "--output", file, "--most", "120");
    const { outcome, result } = await this.#load(drill);
    return { ...result, outcome, seconds: (Date.now() - since) / 1000 };
  }

  /** How the edge leads, in percent by Service; undefined where it leads to none of a share. */
  async shares(): Promise<Record<string, number> | undefined> {
    const { machine, trial, door } = this;
    const target = { context: machine.context, kubeconfig: machine.kubeconfig };
    const release = { app: "api", weighed: door.weighed, target } as Release;
    return (await weightsOf(clusterOf(release, trial.namespace), release))?.shares;
  }

  #load<T>(during: () => Promise<T>, atLeast = 0, heard?: Asking["heard"]) {
    const { url, headers } = this.door;
    return load(url, during, atLeast, 100, { headers, heard });
  }

  /** The slot that has the traffic. */
  selected(): Promise<string> {
    return this.get("service", "{.spec.selector.palier\\.dev/slot}", "api");
  }

  /** A knob of the system's, beside the image and the strategy. */
  set(key: string, value: string): Promise<string> {
    return this.trial.good("config", "set", `release:${key}`, value, "--stack", this.trial.stack);
  }

  /** Operations that the engine has begun and knows no end of. */
  async pending(): Promise<number> {
    const { deployment } = JSON.parse(await this.trial.good("stack", "export", "--stack", this.trial.stack));
    return (deployment.pending_operations ?? []).length;
  }

  /** What is asked for from now on, without an `up`. */
  async #want(version: Version, rollout: object): Promise<void> {
    await this.set("image", this.image(version));
    await this.set("rollout", JSON.stringify(rollout));
  }

  /** Which release answers on new connections. */
  async serving(): Promise<string> {
    const found = new Set<string>();
    for (let i = 0; i < 10; i++) {
      found.add((await said(this.door)) ?? "nobody");
    }
    return [...found].sort().join(" and ");
  }

  async get(kind: string, jsonpath: string, ...more: string[]): Promise<string> {
    return kubectl(this.machine, ...["get", kind, ...more, "-n", this.trial.namespace, "-o", `jsonpath=${jsonpath}`]);
  }

  /** The names of its Deployments, once no pod is on its way out any more. */
  async deployments(): Promise<string[]> {
    await eventually(async () => {
      const ending = await this.get("pods", "{range .items[*]}{.metadata.deletionTimestamp}{end}");
      return ending === "" || undefined;
    });
    return (await this.get("deployments", "{.items[*].metadata.name}")).split(" ").filter(Boolean).sort();
  }
}
