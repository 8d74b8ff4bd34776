import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { type Opened, openSecure } from "../../render/secure.ts";
import { UsageError } from "../usage.ts";

/** A copy of a project's Pulumi files with a state of its own. */
export interface Throwaway {
  /** The project itself. */
  readonly source: string;
  /** Where its program is. */
  readonly program: string;
  /** Where pulumi runs. */
  readonly folder: string;
  /** A kubeconfig that leads nowhere. */
  readonly kubeconfig: string;
  readonly given: Given;
  remove(): Promise<void>;
}

export interface Given {
  readonly settings: readonly (readonly [string, string])[];
  readonly secrets: readonly (readonly [string, string])[];
}

/** The context in the kubeconfig that leads nowhere. */
export const nowhere = "nowhere";

export async function throwawayProject(source: string, given: Given): Promise<Throwaway> {
  const project = await readYaml(join(source, "Pulumi.yaml"));
  const program = resolve(source, String(project["main"] ?? "."));
  const folder = await mkdtemp(join(tmpdir(), "palier-preview-"));
  const kubeconfig = join(folder, "kubeconfig");
  await mkdir(join(folder, "state"));
  await writeFile(join(folder, "Pulumi.yaml"), stringify({ ...project, main: program, backend: undefined }));
  await writeFile(kubeconfig, stringify(leadingNowhere));
  return { source, program, folder, kubeconfig, given, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** What every command there runs with. */
export function environmentOf({ folder, kubeconfig }: Throwaway): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^PULUMI_(OPTION_|STACK$|CONFIG_PASSPHRASE)/.test(name));
  return {
    ...Object.fromEntries(own),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    KUBECONFIG: kubeconfig,
  };
}

const passphrase = randomBytes(12).toString("hex");

/**
 * Writes the stack file: the project's own, with stand-ins for what only its owner can read.
 *
 * @returns those that stand in for a whole key, which are to be set as secrets: the program may ask for no less
 */
export async function writeStackFile(
  { source, folder, kubeconfig }: Throwaway,
  stack: string,
): Promise<(readonly [string, string])[]> {
  const { config = {} } = (await readYaml(join(source, `Pulumi.${stack}.yaml`))) as {
    config?: Record<string, unknown>;
  };
  const standIn = () => `stand-in-${randomBytes(32).toString("hex")}`;
  const open = Object.entries(config).map(([key, value]) => [key, openSecure(key, value, standIn)] as const);
  const isSecret = ({ value, standIns }: Opened) => standIns[0] === value;
  const plain = open.filter(([, one]) => !isSecret(one)).map(([key, { value }]) => [key, value]);
  const own = { "palier:context": nowhere, "palier:kubeconfig": kubeconfig };
  await writeFile(
    join(folder, `Pulumi.${stack}.yaml`),
    stringify({ config: { ...Object.fromEntries(plain), ...own } }),
  );
  return open.filter(([, one]) => isSecret(one)).map(([key, { value }]) => [key, String(value)] as const);
}

async function readYaml(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} is not there.`);
  });
  try {
    return (parse(text) ?? {}) as Record<string, unknown>;
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message.split("\n")[0]}`);
  }
}

const leadingNowhere = {
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: nowhere, cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: nowhere, user: {} }],
  contexts: [{ name: nowhere, context: { cluster: nowhere, user: nowhere } }],
  "current-context": nowhere,
};
