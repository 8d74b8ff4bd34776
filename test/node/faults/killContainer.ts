import { readFileSync } from "node:fs";
import { runningProcesses } from "../processes.ts";
import type { Pod } from "./servingPods.ts";

/** Kills the processes of a pod's containers; the one that holds its network stays. */
export function killContainer(pod: Pod): void {
  const pids = processesOf(pod);
  if (pids.length === 0) throw new Error(`pod ${pod.name} has no process`);
  for (const pid of pids) process.kill(pid, "SIGKILL");
}

/** Those of its containers. */
export function processesOf({ containers }: Pod): number[] {
  return runningProcesses()
    .map(({ pid }) => pid)
    .filter((pid) => containers.some((id) => groups(pid).includes(id)));
}

function groups(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, "utf8");
  } catch {
    return ""; // ended meanwhile
  }
}
