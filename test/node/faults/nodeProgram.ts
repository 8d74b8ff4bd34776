import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "../machine.ts";
import { runningProcesses } from "../processes.ts";

/** What the first process of the node's namespaces keeps running. */
export type NodeProgram = "etcd" | "kube-apiserver" | "containerd" | "kubelet";

/** That first process, as this machine counts them. */
export function firstProcess(machine: Machine): number {
  return Number(readFileSync(join(machine.home, "cluster/node.pid"), "utf8"));
}

/** The process of one of the node's programs, where it runs. */
export function nodeProgram(machine: Machine, program: NodeProgram): number | undefined {
  const first = firstProcess(machine);
  return runningProcesses().find(({ pid, command }) => command.split("\0")[0] === program && parent(pid) === first)
    ?.pid;
}

function parent(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return undefined; // ended meanwhile
  }
}
