import { dirname, join } from "node:path";
import type { Clone } from "./clone.ts";
import { rehearsalFile } from "./rehearsal.ts";
import { backendUrl } from "./stack/backend.ts";

/** The tools that a local run has prepared. */
export interface Tools {
  /** Absolute path of the Pulumi CLI. */
  pulumi: string;
  kubectl?: string;
  kubeconfig?: string;
}

/** Folders that go before PATH: the engine, kubectl, and the Node that runs us. */
export function toolFolders(tools: Tools): string[] {
  const files = [tools.pulumi, tools.kubectl, process.execPath].filter((file) => file !== undefined);
  return [...new Set(files.map((file) => dirname(file)))];
}

/** What a plain `pulumi` or `kubectl` needs to work on this clone's stacks as in its own manual, policies on. */
export function toolEnvironment(clone: Clone, system: string, tools: Tools): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: backendUrl(clone),
    PULUMI_CONFIG_PASSPHRASE_FILE: join(clone.home, "passphrase"),
    PULUMI_OPTION_CWD: join(clone.home, "project", system),
    PULUMI_OPTION_POLICY_PACK: join(clone.root, "policies"),
    PULUMI_OPTION_POLICY_PACK_CONFIG: rehearsalFile(clone),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...(tools.kubeconfig ? embedded(clone, tools.kubeconfig) : {}),
  };
}

/** With the embedded node: plugins of its own, never fetched by the engine, and the node's kubeconfig. */
function embedded(clone: Clone, kubeconfig: string): Record<string, string> {
  return {
    // The docker stand-in keeps its layers in the same home, which is not always the clone's first.
    PALIER_HOME: clone.home,
    PULUMI_HOME: join(clone.home, "pulumi"),
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    KUBECONFIG: kubeconfig,
  };
}

/** The environment of a process that runs these tools. A passphrase in a variable would hide the file. */
export function processEnvironment(clone: Clone, system: string, tools: Tools): NodeJS.ProcessEnv {
  const { PULUMI_CONFIG_PASSPHRASE: _, PULUMI_STACK: __, ...outer } = process.env;
  const path = [...toolFolders(tools), outer["PATH"] ?? ""].join(":");
  return { ...outer, ...toolEnvironment(clone, system, tools), PATH: path };
}

/** The same as shell lines, for `eval "$(npm run -s env)"`. */
export function shellLines(clone: Clone, system: string, tools: Tools): string {
  const variables = Object.entries(toolEnvironment(clone, system, tools));
  const path = toolFolders(tools).map(quote).join(":");
  return [
    "unset PULUMI_CONFIG_PASSPHRASE PULUMI_STACK",
    ...variables.map(([name, value]) => `export ${name}=${quote(value)}`),
    `export PATH=${path}:"$PATH"`,
  ].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
