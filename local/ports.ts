import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { busyPorts, type Clone, openClone } from "./clone.ts";
import { clusterStatus } from "./cluster.ts";
import { LocalError } from "./steps.ts";

/**
 * Makes sure that the clone's remembered ports can be had. Where the node has no data yet nothing depends on them, and
 * others are chosen; later the images and stacks name them, and whoever took one has to be told.
 */
export async function ensurePorts(clone: Clone): Promise<Clone> {
  if ((await clusterStatus(clone)).running) return clone;
  const { api, registry, nodePortFirst } = clone.ports;
  const [busy] = await busyPorts([api, registry, nodePortFirst]);
  if (busy === undefined) return clone;
  if (!(await hasStacks(clone))) {
    await rm(join(clone.home, "ports.json"));
    return openClone({ ...process.env, PALIER_HOME: clone.home });
  }
  throw new LocalError(
    `Port ${busy} on 127.0.0.1, which this clone's node uses, is taken by ${await listenerOf(busy)}.`,
    "stop that process, then run this again (or `npm run clean`, and the next start chooses other ports).",
  );
}

async function hasStacks(clone: Clone): Promise<boolean> {
  return (await readdir(join(clone.home, "project")).catch(() => [])).length > 0;
}

/** The process that listens on a port, as far as this user may see it. */
export async function listenerOf(port: number): Promise<string> {
  const inode = await socketInode(port);
  const unknown = "another process";
  if (!inode) return unknown;
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of open) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => "");
      if (target === `socket:[${inode}]`) return `process ${pid} (${await commandOf(pid)})`;
    }
  }
  return unknown;
}

async function socketInode(port: number): Promise<string | undefined> {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((file) => readFile(`/proc/net/${file}`, "utf8").catch(() => "")),
  );
  const rows = tables
    .join("\n")
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  return rows.find((row) => row[1]?.endsWith(`:${hex}`) && row[3] === "0A")?.[9];
}

async function commandOf(pid: string): Promise<string> {
  return (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "unknown")).trim();
}
