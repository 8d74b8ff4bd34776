import assert from "node:assert/strict";
import { stringify } from "yaml";
import { programOf, type SystemName, secretsOf, trackedConfigOf } from "../systems.ts";
import { kubectl } from "./kubectl.ts";
import type { Machine } from "./machine.ts";
import { type Ran, TrialProject } from "./trial-project.ts";

export interface Changes {
  /** Configuration beside the tracked stack file's, by its whole key; undefined takes a key away. */
  config?: Record<string, unknown>;
  /** Program in place of the system's. */
  main?: string;
  /** References in place of the machine's, by their names in the stack file. */
  images?: Record<string, string>;
}

/** A system in an environment of a test's own: its program, its stack file of that stage, and the machine's images. */
export class SystemTrial {
  readonly project: TrialProject;
  readonly machine: Machine;
  readonly system: SystemName;
  readonly stack: string;

  /** @param stack A name of which no other test makes a stack of the system, such as `local`, `preprod` or `pr-7`. */
  constructor(machine: Machine, system: SystemName, stack: string) {
    this.machine = machine;
    this.system = system;
    this.stack = stack;
    this.project = new TrialProject(machine, `${system}-${stack}`);
  }

  get namespace(): string {
    return `${this.system}-${this.stack}`;
  }

  /** Makes the stack. `stage` says whose tracked stack file it takes. */
  async init(
    stage: "dev" | "staging" | "production",
    { config = {}, main = programOf(this.system), images: own = {} }: Changes = {},
  ) {
    const { images, registry, context, kubeconfig } = this.machine;
    const runtime = { name: "nodejs", options: { typescript: false } };
    this.project.write("Pulumi.yaml", stringify({ name: this.system, runtime, main }));
    const all = {
      ...trackedConfigOf(this.system, stage),
      "palier:context": context,
      "palier:kubeconfig": kubeconfig,
      "palier:monitoring": "skip",
      [`${this.system}:images`]: { postgres: images.postgres, redis: images.redis, node: images.nodeBase, ...own },
      [`${this.system}:registry`]: registry,
      ...config,
    };
    const known = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    this.project.write(`Pulumi.${this.stack}.yaml`, stringify({ config: known }));
    await this.good("stack", "init", this.stack);
    for (const [key, value] of Object.entries(secretsOf(this.system, stage))) {
      await this.good("config", "set", "--secret", key, value, "--stack", this.stack);
    }
  }

  /** Changes one key of the configuration. */
  async set(path: string, value: string): Promise<void> {
    await this.good("config", "set", "--path", path, value, "--stack", this.stack);
  }

  run(...args: string[]): Promise<Ran> {
    return this.project.run(...args);
  }

  up(...args: string[]): Promise<Ran> {
    return this.run("up", "--yes", "--skip-preview", "--stack", this.stack, ...args);
  }

  destroy(...args: string[]): Promise<Ran> {
    return this.run("destroy", "--yes", "--skip-preview", "--stack", this.stack, ...args);
  }

  /** Forgets the stack and leaves its namespace to the cluster, which needs no waiting for. */
  async drop(): Promise<void> {
    await kubectl(this.machine, "delete", "namespace", this.namespace, "--wait=false", "--ignore-not-found");
    this.project.remove();
  }

  async output(name: string): Promise<string> {
    return (await this.good("stack", "output", name, "--stack", this.stack)).trim();
  }

  /** Runs it and expects success. Returns what it said. */
  async good(...args: string[]): Promise<string> {
    const { code, output } = await this.run(...args);
    assert.equal(code, 0, `pulumi ${args[0]} ended with ${code}:\n${output}`);
    return output;
  }
}
