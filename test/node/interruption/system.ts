import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { answers } from "../answers.ts";
import { kubectl } from "../kubectl.ts";
import type { Machine } from "../machine.ts";
import { bootstrap, Run } from "./run.ts";

const kinds = "deployments,statefulsets,services,secrets,configmaps,jobs,serviceaccounts,networkpolicies,pdb";

interface Resource {
  urn: string;
  type: string;
  id?: string;
  outputs?: Record<string, unknown>;
}

/** AVNIR dev on the node of the tests, with the tools of the trade. */
export class AvnirDev {
  readonly #machine: Machine;
  /** What was written into its database. */
  #rows: string[] = [];
  #versions = 0;
  #url: string | undefined;
  #exportSeconds = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  begin(...command: string[]): Run {
    const [program, ...args] = command;
    const { node, pulumi } = this.#machine;
    if (program === "npm") return new Run(this.#machine, node, [bootstrap, ...args]);
    const flags = ["--stack", "dev", "--non-interactive", "--color", "never"];
    return new Run(this.#machine, pulumi, [...args, ...flags]);
  }

  /** Runs it and expects success. Returns what it said. */
  async good(...command: string[]): Promise<string> {
    const run = this.begin(...command);
    assert.equal(await run.ended, 0, `${command.join(" ")} failed:\n${run.output}`);
    return run.output;
  }

  /** Makes it so, as the next trial needs it. */
  async reach(from: "nothing" | "an older version" | "the whole"): Promise<void> {
    const { length } = (await this.resources()).filter(({ type }) => type.startsWith("kubernetes:"));
    if (from === "nothing") {
      if (length > 0) await this.good("pulumi", "destroy", "--yes", "--skip-preview");
      this.#rows = [];
      return;
    }
    if (length === 0) await this.good("pulumi", "up", "--yes", "--skip-preview");
    await this.write();
    if (from === "an older version") await this.change();
  }

  /** Another content of a ConfigMap that pods mount: a new one, and a roll-out. */
  async change(): Promise<void> {
    const url = `http://localhost:${4000 + (process.pid % 1000) + ++this.#versions}`;
    await this.good("pulumi", "config", "set", "avnir:url", url);
  }

  /** The digest once built, so that a run is not mostly a build. */
  async fixImage(): Promise<void> {
    const image = (await this.good("pulumi", "stack", "output", "image")).trim();
    await this.good("pulumi", "config", "set", "--path", "avnir:images.api", image);
  }

  /** How many times as long everything takes as on a quiet machine, by the command that went before. */
  get pace(): number {
    return Math.max(1, this.#exportSeconds / 1.2);
  }

  async resources(): Promise<Resource[]> {
    const since = Date.now();
    const text = await this.good("pulumi", "stack", "export", "--show-secrets");
    this.#exportSeconds = (Date.now() - since) / 1000;
    return (JSON.parse(text).deployment.resources as Resource[] | null) ?? [];
  }

  async write(): Promise<void> {
    const text = `row ${randomUUID()}`;
    const headers = { "content-type": "application/json", connection: "close" };
    const notes = await this.#notes();
    await answers(notes);
    const made = await fetch(notes, { method: "POST", headers, body: JSON.stringify({ text }) });
    assert.equal(made.status, 201);
    this.#rows.push(text);
  }

  /** Whether it answers with every row that was written. */
  async checkRows(): Promise<void> {
    const rows = (await (await answers(await this.#notes())).json()) as { text: string }[];
    const texts = new Set(rows.map(({ text }) => text));
    assert.deepEqual(
      this.#rows.filter((row) => !texts.has(row)),
      [],
    );
  }

  async #notes(): Promise<string> {
    this.#url ??= (await this.good("pulumi", "stack", "output", "url")).trim();
    return `${this.#url}/api/notes`;
  }

  /** Kind and name of every object in its namespace that an engine has made. */
  async objects(): Promise<string[]> {
    const fields = "{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.managedFields[*].manager}";
    const template = `jsonpath={range .items[*]}${fields}{"\\n"}{end}`;
    const text = await kubectl(this.#machine, "get", kinds, "-n", "avnir-dev", "--show-managed-fields", "-o", template);
    const made = text.split("\n").filter((line) => line.includes(" pulumi-kubernetes-"));
    return made.map((line) => line.split(" ").slice(0, 2).join(" "));
  }

  /** What is still there of it outside the state: its namespace, and volumes of that. */
  async remains(): Promise<string[]> {
    const line = '{range .items[*]}{.kind} {.metadata.name} {.spec.claimRef.namespace}{"\\n"}{end}';
    const text = await kubectl(this.#machine, "get", "namespaces,persistentvolumes", "-o", `jsonpath=${line}`);
    return text.split("\n").filter((one) => one.includes("avnir-dev"));
  }
}

/** What of the resources is generated and secret, by URN, as a hash. */
export function secretsOf(resources: Resource[]): Map<string, string> {
  const generated = resources.filter(({ type }) => /^(random|tls):/.test(type));
  const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");
  return new Map(generated.map(({ urn, outputs }) => [urn, hash(outputs)]));
}

/** The objects that the resources stand for, as `objects` names them. */
export function known(resources: Resource[]): string[] {
  const own = resources.filter(({ type }) => type.startsWith("kubernetes:") && !type.endsWith(":Namespace"));
  return own.map(({ type, id }) => `${type.split(":").at(-1)} ${id}`);
}

/** Those of which there are two that differ in the digits of a generated name alone. */
export function duplicates(objects: string[]): string[] {
  const groups = Map.groupBy(objects, (name) => name.replace(/-[0-9a-f]{8}$/, ""));
  return [...groups].filter(([, same]) => same.length > 1).map(([name]) => name);
}
