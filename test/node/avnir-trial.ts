import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { kubectl } from "./kubectl.ts";
import type { Machine } from "./machine.ts";
import { type Ran, TrialProject } from "./trial-project.ts";

const root = resolve(import.meta.dirname, "../..");

export interface Changes {
  /** Configuration beside the tracked stack file's, by its whole key; undefined takes a key away. */
  config?: Record<string, unknown>;
  /** Program in place of AVNIR's. */
  main?: string;
}

/** AVNIR in an environment of a test's own: its program, its stack file of that stage, and the machine's images. */
export class AvnirTrial {
  readonly project: TrialProject;
  readonly machine: Machine;
  readonly stack: string;

  /** @param stack A name of which no other test makes a stack, such as `local`, `preprod` or `pr-7`. */
  constructor(machine: Machine, stack: string) {
    this.machine = machine;
    this.stack = stack;
    this.project = new TrialProject(machine, `avnir-${stack}`);
  }

  get namespace(): string {
    return `avnir-${this.stack}`;
  }

  /** Makes the stack. `stage` says whose tracked stack file it takes. */
  async init(
    stage: "dev" | "staging" | "production",
    { config = {}, main = join(root, "stacks/avnir/index.ts") }: Changes = {},
  ): Promise<void> {
    const tracked = parse(readFileSync(join(root, `Pulumi.${stage}.yaml`), "utf8")) as {
      config: Record<string, unknown>;
    };
    const { images, registry, context, kubeconfig } = this.machine;
    const runtime = { name: "nodejs", options: { typescript: false } };
    this.project.write("Pulumi.yaml", stringify({ name: "avnir", runtime, main }));
    const all = {
      ...tracked.config,
      "palier:context": context,
      "palier:kubeconfig": kubeconfig,
      "avnir:images": { postgres: images.postgres, redis: images.redis, node: images.nodeBase },
      "avnir:registry": registry,
      ...config,
    };
    const known = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    this.project.write(`Pulumi.${this.stack}.yaml`, stringify({ config: known }));
    await this.good("stack", "init", this.stack);
    const key = stage === "production" ? "sk_live_0123456789abcdef" : "sk_test_0123456789abcdef";
    await this.good("config", "set", "--secret", "avnir:STRIPE_SECRET_KEY", key, "--stack", this.stack);
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
