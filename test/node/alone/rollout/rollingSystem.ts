import assert from "node:assert/strict";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { answers } from "../../answers.ts";
import { AvnirTrial } from "../../avnir-trial.ts";
import { eventually } from "../../eventually.ts";
import { type Pod, servingPods } from "../../faults/servingPods.ts";
import { kubectl } from "../../kubectl.ts";
import type { Machine } from "../../machine.ts";
import type { Ran } from "../../trial-project.ts";
import { type Knobs, usual } from "./knobs.ts";

const app = "api";
const labels = `app.kubernetes.io/name=${app},app.kubernetes.io/component=app`;
const names = ["first", "second", "failing", "unready", "crashing"] as const;
type Version = (typeof names)[number];

/** The system that is rolled out, and what is asked of it. */
export class RollingSystem {
  readonly machine: Machine;
  readonly trial: AvnirTrial;
  readonly address: string;
  readonly #builds: AvnirTrial;
  readonly #usual: Knobs;
  readonly #images = new Map<Version, string>();
  /** What runs: the knobs of the last `up` that ended well. */
  #now: Knobs;
  /** Whether the last `up` ended well. */
  #settled = false;

  /** @param progressDeadlineSeconds Short enough to wait for, and long enough for a busy machine. */
  constructor(machine: Machine, progressDeadlineSeconds: number) {
    this.machine = machine;
    this.trial = new AvnirTrial(machine, "pr-8");
    this.#builds = new AvnirTrial(machine, "pr-9");
    const nodePort = machine.nodePortFirst + 20;
    this.address = `http://127.0.0.1:${nodePort}`;
    this.#usual = { ...usual, image: "", nodePort, progressDeadlineSeconds };
    this.#now = this.#usual;
  }

  /** Up with two replicas, and images to release. */
  async make(): Promise<void> {
    await this.#builds.init("dev", { main: join(import.meta.dirname, "images.ts") });
    await this.#builds.good("up", "--yes", "--skip-preview", "--stack", this.#builds.stack);
    for (const name of names) this.#images.set(name, await this.#builds.output(name));
    await this.trial.init("dev", { main: join(import.meta.dirname, "system.ts") });
    await this.settle({});
    await answers(this.address);
  }

  async drop(): Promise<void> {
    await this.trial.drop();
    this.#builds.project.remove();
  }

  get now(): Knobs {
    return this.#now;
  }

  image(version: Version): string {
    return this.#images.get(version)!;
  }

  /** The one of the two good versions that does not run. */
  get other(): string {
    return this.image(this.#now.image === this.image("first") ? "second" : "first");
  }

  /** The usual knobs, with these changed, on a good version. */
  async settle(change: Partial<Knobs>): Promise<void> {
    const image = this.#now.image === this.image("second") ? "second" : "first";
    const wanted = { ...this.#usual, image: this.image(image), ...change };
    if (this.#settled && isDeepStrictEqual(wanted, this.#now)) return;
    const { code, output } = await this.up(wanted);
    assert.equal(code, 0, output);
  }

  /** `pulumi up` with these knobs. */
  async up(knobs: Knobs): Promise<Ran> {
    await this.trial.good("config", "set", "rollout:knobs", JSON.stringify(knobs), "--stack", this.trial.stack);
    const ran = await this.trial.up();
    this.#settled = ran.code === 0;
    if (this.#settled) this.#now = knobs;
    return ran;
  }

  /** Returns once the Deployment is not of this generation any more, and so rolls. */
  async rolling(generation: string): Promise<void> {
    for (const deadline = Date.now() + 180_000; (await this.deployment("{.metadata.generation}")) === generation; ) {
      assert.ok(Date.now() < deadline, "the Deployment was not changed within three minutes");
      await new Promise((done) => setTimeout(done, 300));
    }
  }

  pods(): Promise<Pod[]> {
    return servingPods(this.machine, this.trial.namespace, labels);
  }

  /** Returns once no pod is on its way out any more: its end is a part of what is proven. */
  async ended(): Promise<void> {
    const template = "{range .items[*]}{.metadata.deletionTimestamp}{end}";
    const ending = () =>
      kubectl(this.machine, "get", "pods", "-n", this.trial.namespace, "-l", labels, "-o", `jsonpath=${template}`);
    await eventually(async () => (await ending()) === "" || undefined);
  }

  async database(): Promise<Pod> {
    return (await servingPods(this.machine, this.trial.namespace, "app.kubernetes.io/name=db"))[0]!;
  }

  /** As the database's superuser. */
  async sql(statement: string): Promise<void> {
    const psql = 'PGPASSWORD=$(cat /etc/palier/admin/password) exec psql -U postgres -Atqc "$0"';
    const inServer = ["exec", "-n", this.trial.namespace, "db-0", "-c", "postgres", "--", "sh", "-c", psql, statement];
    await kubectl(this.machine, ...inServer);
  }

  deployment(jsonpath: string): Promise<string> {
    return kubectl(
      this.machine,
      ...["get", "deployment", app, "-n", this.trial.namespace, "-o", `jsonpath=${jsonpath}`],
    );
  }

  /** This version answers: asked for up to five seconds, as a Service forgets a pod a moment after its Deployment did. */
  async answersAs(image: string): Promise<void> {
    const [release] = [...this.#images].find(([, one]) => one === image)!;
    for (const deadline = Date.now() + 5000; ; await new Promise((done) => setTimeout(done, 100))) {
      const answer = (await (await answers(this.address)).json()) as { release: string };
      if (answer.release === release) return;
      if (Date.now() > deadline) assert.equal(answer.release, release);
    }
  }
}
