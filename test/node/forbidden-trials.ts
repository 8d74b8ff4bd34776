import { mkdtempSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { images, trackedConfig } from "../avnir.ts";
import type { Prohibition } from "../policies/prohibitions/deviation.ts";
import { ciMarks, clock, writeRecords } from "../policies/prohibitions/records.ts";
import type { Machine } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

const root = resolve(import.meta.dirname, "../..");
type Side = "refused" | "passes";

export interface Judged {
  readonly code: number;
  /** Names of the rules that said something, and of those that refused. */
  readonly told: readonly string[];
  readonly refused: readonly string[];
  readonly output: string;
}

/** The pack as it is, with a clock of the test's. */
const pack = `
import { PolicyPack } from "@pulumi/policy";
import { policiesFor } from "${root}/policies/adapter/policies.ts";
import { profiles } from "${root}/policies/profiles/index.ts";
import { release } from "${root}/policies/release/index.ts";
import { rules } from "${root}/policies/themes.ts";
new PolicyPack("palier", { policies: policiesFor({ rules, release, profiles }, () => new Date(process.env.TEST_CLOCK)) });
`;
const nowhere = {
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "none", cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: "nobody", user: {} }],
  contexts: [{ name: "none", context: { cluster: "none", user: "nobody" } }],
};

/** AVNIR with a deviation, on the real engine and the real pack, without a cluster. */
export class ForbiddenTrials {
  readonly #project: TrialProject;
  readonly #stacks = new Map<string, Promise<object>>();

  constructor(machine: Machine) {
    this.#project = new TrialProject(machine, "forbidden");
    const runtime = { name: "nodejs", options: { typescript: false } };
    const main = join(root, "test/policies/prohibitions/program.ts");
    this.#project.write("Pulumi.yaml", stringify({ name: "avnir", runtime, main }));
    this.#project.write("pack/PulumiPolicy.yaml", `${stringify({ runtime })}main: index.mjs\n`);
    this.#project.write("pack/package.json", '{ "name": "pack", "version": "0.1.0", "main": "index.mjs" }');
    this.#project.write("pack/index.mjs", pack);
    this.#project.write("kubeconfig", stringify(nowhere));
  }

  async run(one: Prohibition, side: Side, command: "preview" | "up"): Promise<Judged> {
    const { stack = "production", config = {}, set = {} } = one[side];
    const folder = this.#project.folder;
    const records = mkdtempSync(join(folder, "records-"));
    writeRecords(records, one[side]);
    const kubeconfig = join(folder, "kubeconfig");
    const cluster = { "palier:context": "none", "palier:kubeconfig": kubeconfig };
    const ambient = { "kubernetes:context": "none", "kubernetes:kubeconfig": kubeconfig };
    const own = { ...trackedConfig(stack), "avnir:images": images, "palier:records": records, ...cluster, ...ambient };
    const { config: secret, ...salt } = (await this.#stack(stack)) as { config: object };
    this.#project.write("case.yaml", stringify({ ...salt, config: { ...own, ...secret, ...config } }));
    this.#project.write("rules.json", JSON.stringify({ rules: set }));
    Object.assign(process.env, ciMarks(one[side]), {
      PALIER_PROHIBITION: `${one.demand} ${side}`,
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
      TEST_CLOCK: clock(one[side]).toISOString(),
    });
    const how = command === "up" ? ["--yes", "--skip-preview"] : [];
    const packs = ["--policy-pack", "pack", "--policy-pack-config", "rules.json"];
    const where = ["--stack", stack, "--config-file", "case.yaml", "--json"];
    return judged(await this.#project.run(command, ...how, ...where, ...packs));
  }

  /** How many resources its refused stack has. */
  async made({ refused: { stack = "production" } }: Prohibition): Promise<number> {
    const { output } = await this.#project.run("stack", "export", "--stack", stack);
    return (JSON.parse(output).deployment.resources ?? []).length;
  }

  remove(): void {
    this.#project.remove();
  }

  /** What makes a stack file able to hold secrets, and the one that AVNIR asks for. */
  #stack(stack: string): Promise<object> {
    const made = this.#stacks.get(stack) ?? this.#init(stack);
    this.#stacks.set(stack, made);
    return made;
  }

  async #init(stack: string): Promise<object> {
    const key = `sk_${stack === "production" ? "live" : "test"}_0123456789abcdef`;
    await this.#project.run("stack", "init", stack);
    await this.#project.run("config", "set", "--secret", "avnir:STRIPE_SECRET_KEY", key, "--stack", stack);
    return parse(readFileSync(join(this.#project.folder, `Pulumi.${stack}.yaml`), "utf8")) as object;
  }
}

interface Event {
  diagnosticEvent?: { message: string; severity: string };
  policyEvent?: { policyName: string; enforcementLevel: string; message: string };
}

function judged({ code, output }: { code: number; output: string }): Judged {
  const events = output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Event] : []));
  const told = events.flatMap(({ policyEvent }) => policyEvent ?? []);
  const errors = events.flatMap(({ diagnosticEvent: one }) => (one?.severity === "error" ? [one.message] : []));
  const refused = told.filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
  return {
    code,
    told: [...new Set(told.map(({ policyName }) => policyName))],
    refused: [...new Set(refused.map(({ policyName }) => policyName))],
    output: [...errors, ...refused.map(({ policyName, message }) => `${policyName}: ${message}`)].join("\n") || output,
  };
}
