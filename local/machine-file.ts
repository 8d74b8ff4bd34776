import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clone } from "./clone.ts";
import type { Cluster } from "./cluster.ts";
import type { EdgePorts } from "./edge/objects.ts";
import { type Tools, toolEnvironment, toolFolders } from "./environment.ts";
import type { Images } from "./images.ts";
import { LocalError } from "./steps.ts";
import { writeWhole } from "./whole-file.ts";

/** What a start has prepared, for whoever comes after it: `npm run env`, and the tests that need a node. */
export interface MachineFile {
  home: string;
  pulumi: string;
  node: string;
  kubectl: string;
  kubeconfig: string;
  context: string;
  registry: string;
  images: Images;
  nodePortFirst: number;
  /** Where Traefik answers; absent where none was asked for. */
  edge?: EdgePorts;
  env: Record<string, string>;
}

export function machinePath(clone: Clone): string {
  return join(clone.home, "machine.json");
}

export async function writeMachine(
  clone: Clone,
  system: string,
  tools: Required<Tools>,
  cluster: Cluster,
  images: Images,
): Promise<void> {
  const { kubeconfig, context, registry } = cluster;
  const path = [...toolFolders(tools), process.env["PATH"] ?? ""].join(":");
  const env = { ...toolEnvironment(clone, system, tools), PATH: path };
  const { pulumi, kubectl } = tools;
  const { nodePortFirst } = clone.ports;
  const node = process.execPath;
  const machine: MachineFile = {
    home: clone.home,
    pulumi,
    node,
    kubectl,
    kubeconfig,
    context,
    registry,
    images,
    nodePortFirst,
    env,
  };
  await save(clone, machine);
}

/** Adds where Traefik answers. */
export async function writeEdge(clone: Clone, edge: EdgePorts): Promise<void> {
  await save(clone, { ...(await readMachine(clone)), edge });
}

async function save(clone: Clone, machine: MachineFile): Promise<void> {
  await writeWhole(machinePath(clone), `${JSON.stringify(machine, null, 2)}\n`, 0o600);
}

export async function readMachine(clone: Clone): Promise<MachineFile> {
  const text = await readFile(machinePath(clone), "utf8").catch(() => undefined);
  if (text === undefined) throw new LocalError("Nothing is prepared on this machine yet.", "npm start");
  return JSON.parse(text) as MachineFile;
}
