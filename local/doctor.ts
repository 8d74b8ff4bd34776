import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { missingDependency } from "./bootstrap.mjs";
import type { Clone } from "./clone.ts";
import { clusterStatus, inspectCluster } from "./cluster.ts";
import { inspectEngine } from "./engine.ts";
import { goVersion, oldestGo } from "./go-version.ts";
import { inspectImages } from "./images.ts";
import { memory, nodeProcesses } from "./node-processes.ts";
import type { Part } from "./part.ts";
import { inspectPlugins } from "./plugins.ts";
import { lacks } from "./privileges.ts";
import { shortOfRoom } from "./room.ts";
import { describeSize, freeBytes, sizeOf } from "./size.ts";

const machine = { origin: "path", official: true } as const;

/** Every part that a run stands on, as it is now: nothing is built and nothing fetched to find out. */
export async function inspectAll(clone: Clone): Promise<Part[]> {
  const areas = await Promise.all([
    inspectRunners(clone),
    inspectEngine(clone),
    inspectPlugins(clone),
    inspectCluster(clone),
    inspectImages(clone),
    inspectMachine(clone),
  ]);
  return areas.flat();
}

async function inspectRunners(clone: Clone): Promise<Part[]> {
  const missing = missingDependency(clone.root);
  const fromNpm = process.execPath.startsWith(join(clone.cache, "node"));
  const lock = JSON.parse(await readFile(join(clone.root, "package-lock.json"), "utf8"));
  return [
    {
      name: "node",
      version: process.versions.node,
      origin: fromNpm ? "npm" : "path",
      official: true,
      path: process.execPath,
    },
    {
      name: "npm packages",
      version: `${Object.keys(lock.packages).length} locked`,
      origin: "npm",
      official: true,
      path: join(clone.root, "node_modules"),
      remedy: missing ? `${missing} is missing: npm ci` : undefined,
    },
    await inspectGo(),
  ];
}

async function inspectGo(): Promise<Part> {
  const version = await goVersion(import.meta.dirname);
  const remedy = version ? undefined : `needed only to build what is not cached: install Go ${oldestGo} or newer`;
  return { name: "go", version: version ?? "-", origin: "path", official: true, remedy };
}

async function inspectMachine(clone: Clone): Promise<Part[]> {
  const missing = await lacks();
  const { api, registry, nodePortFirst } = clone.ports;
  const { running } = await clusterStatus(clone);
  const rights = "the embedded node needs root; or use --context with a cluster of your own";
  return [
    {
      ...machine,
      name: "user",
      version: missing.length > 0 ? `without ${missing.join(", ")}` : "root",
      remedy: missing.length > 0 ? rights : undefined,
    },
    ...(await inspectDisk(clone)),
    ...(running ? [inspectMemory(running)] : []),
    {
      ...machine,
      name: "ports",
      version: running ? "in use by the node" : "free or taken: start tells",
      path: `api ${api}, registry ${registry}, node ports ${nodePortFirst}-${nodePortFirst + 99}`,
    },
  ];
}

async function inspectDisk(clone: Clone): Promise<Part[]> {
  const short = await shortOfRoom(clone);
  const held = async (name: string, folder: string): Promise<Part> => {
    return { ...machine, name, version: describeSize(await sizeOf(folder)), path: folder };
  };
  return [
    {
      ...machine,
      name: "disk",
      version: `${describeSize(await freeBytes(clone.home))} free`,
      path: clone.home,
      remedy: short && `${short.message} ${short.next}`,
    },
    await held("this clone's home", clone.home),
    await held("shared cache", clone.cache),
  ];
}

function inspectMemory(supervisor: number): Part {
  const { node, pods } = memory(nodeProcesses(supervisor));
  return { ...machine, name: "memory", version: `node ${describeSize(node)}, pods ${describeSize(pods)}` };
}

/** The parts as a table; below it what to do about those that have a remedy. */
export function formatParts(parts: Part[]): string {
  const rows = parts.map((part) => [
    part.name,
    part.version,
    part.origin,
    part.official ? "official" : "stand-in",
    part.path ?? "",
  ]);
  const head = ["part", "version", "from", "kind", "where"];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const table = [head, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join("  ")
      .trimEnd(),
  );
  const remedies = parts.filter((part) => part.remedy).map((part) => `  ${part.name}: ${part.remedy}`);
  const end = remedies.length > 0 ? ["", "What to do:", ...remedies] : ["", "Nothing is missing."];
  return [...table, ...end].join("\n");
}
