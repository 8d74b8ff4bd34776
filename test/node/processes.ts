import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  pid: number;
  /** As the kernel has it: entries that end with a zero character. */
  environ: string;
  /** Likewise. */
  command: string;
}

/** The processes of this machine that are still there when they are looked at. */
export function runningProcesses(): RunningProcess[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8");
    try {
      return [{ pid: Number(pid), environ: read("environ"), command: read("cmdline") }];
    } catch {
      return []; // ended meanwhile
    }
  });
}
