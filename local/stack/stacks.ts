import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { environments, type LocalEnvironment } from "../arguments.ts";
import type { Clone } from "../clone.ts";
import type { Step } from "../steps.ts";
import { checkpointFile } from "./backend.ts";
import { mendCheckpoint } from "./checkpoint.ts";
import { mergeStack, type Project, readStack } from "./project.ts";
import { askPulumi, type Pulumi } from "./pulumi.ts";

/** Lists the secrets that were generated here: values that no one outside this machine knows. */
const localSecretsKey = "palier:localSecrets";

/** Makes the stacks that are missing, and fills the secrets that nobody has set yet. */
export async function prepareStacks(step: Step, clone: Clone, project: Project, pulumi: Pulumi): Promise<void> {
  for (const environment of environments) {
    await makeStack(step, clone, project, pulumi, environment);
    await fillSecrets(step, project, pulumi, environment);
  }
}

async function makeStack(
  step: Step,
  clone: Clone,
  project: Project,
  pulumi: Pulumi,
  environment: LocalEnvironment,
): Promise<void> {
  await mendCheckpoint(step, clone, project.system.name, environment);
  const state = await readState(clone, project.system.name, environment);
  if (state === undefined) {
    step.say(`making stack ${environment}`);
    const select = environment === "dev" ? [] : ["--no-select"]; // a plain `pulumi stack output` then means dev
    await askPulumi(pulumi, ["stack", "init", environment, ...select]);
    return;
  }
  const salt = state.checkpoint?.latest?.secrets_providers?.state?.salt;
  if ((await readStack(project, environment))?.encryptionsalt || !salt) return;
  step.say(`taking the lost salt of ${environment} from its state`);
  await mergeStack(project, environment, {}, { encryptionsalt: salt });
}

/** Secrets that the project declares (`secret: true` in Pulumi.yaml) and gives no value. */
export function declaredSecrets(project: Project): string[] {
  const { name } = project.system;
  return Object.entries(project.system.project.config ?? {})
    .filter(([, field]) => isDeclaredSecret(field))
    .map(([key]) => (key.includes(":") ? key : `${name}:${key}`));
}

function isDeclaredSecret(field: unknown): boolean {
  if (typeof field !== "object" || field === null) return false;
  return "secret" in field && field.secret === true && !("value" in field) && !("default" in field);
}

async function fillSecrets(step: Step, project: Project, pulumi: Pulumi, environment: LocalEnvironment): Promise<void> {
  const config = (await readStack(project, environment))?.config ?? {};
  const missing = declaredSecrets(project).filter((key) => !(key in config));
  if (missing.length === 0) return;
  step.say(`generating ${missing.join(", ")} for ${environment}, known on this machine alone`);
  for (const key of missing) {
    const args = ["config", "set", "--secret", key, "--stack", environment];
    await askPulumi(pulumi, args, randomBytes(24).toString("hex"));
  }
  const before = config[localSecretsKey];
  const all = [...(Array.isArray(before) ? before : []), ...missing];
  await mergeStack(project, environment, { [localSecretsKey]: all });
}

/** The state of a stack in the clone's file backend. */
export interface State {
  checkpoint?: {
    latest?: {
      secrets_providers?: { state?: { salt?: string } };
      pending_operations?: { type: string; resource: StateResource }[];
      resources?: StateResource[];
    };
  };
}

export interface StateResource {
  type: string;
  id?: string;
  inputs?: { metadata?: { name?: string; namespace?: string } };
  outputs?: Record<string, string>;
}

/** The stacks of a system that the backend has, those that somebody made beside ours too. */
export async function stackNames(clone: Clone, system: string): Promise<string[]> {
  const names = await readdir(dirname(checkpointFile(clone, system, ""))).catch(() => []);
  return names.filter((name) => name.endsWith(".json")).map((name) => basename(name, ".json"));
}

export async function readState(clone: Clone, system: string, environment: string): Promise<State | undefined> {
  const text = await readFile(checkpointFile(clone, system, environment), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as State);
}
