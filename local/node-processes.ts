import { readdirSync, readFileSync } from "node:fs";

export interface NodeProcess {
  pid: number;
  /** When it started, in the kernel's ticks: with the number it names one process, also after the number is given again. */
  since: string;
  inPod: boolean;
  /** What it holds of memory; pages shared with others are counted in parts. */
  bytes: number;
}

interface Stat {
  parent: number;
  since: string;
  isShim: boolean;
}

/** The process that keeps a node running, what it runs outside and inside of the node, and what runs in its pods. */
export function nodeProcesses(supervisor: number): NodeProcess[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const all = new Map(pids.flatMap((pid) => [[Number(pid), stat(pid)] as const]));
  return [...all].flatMap(([pid, one]) => {
    const above = ancestors(pid, all);
    if (!one || !(pid === supervisor || above.includes(supervisor))) return [];
    const inPod = above.some((ancestor) => all.get(ancestor)?.isShim);
    return [{ pid, since: one.since, inPod, bytes: memoryOf(pid) }];
  });
}

/** Those of them that still run. */
export function alive(processes: NodeProcess[]): NodeProcess[] {
  return processes.filter(({ pid, since }) => stat(String(pid))?.since === since);
}

/** Bytes that the node's processes hold, and those of its pods. */
export function memory(processes: NodeProcess[]): { node: number; pods: number } {
  const sum = (inPod: boolean) =>
    processes.filter((one) => one.inPod === inPod).reduce((total, { bytes }) => total + bytes, 0);
  return { node: sum(false), pods: sum(true) };
}

function ancestors(pid: number, all: Map<number, Stat | undefined>): number[] {
  const line: number[] = [];
  for (let one = all.get(pid)?.parent; one; one = all.get(one)?.parent) line.push(one);
  return line;
}

/** Undefined for what has ended meanwhile, or waits only for its end to be noticed. */
function stat(pid: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    if (state === "Z" || state === "X") return undefined;
    return { parent: Number(parent), since: rest[17]!, isShim: text.includes("(containerd-shim") };
  } catch {
    return undefined;
  }
}

function memoryOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
