import { runningProcesses } from "../processes.ts";
import type { TrialProject } from "../trial-project.ts";

/** Kills the Pulumi CLI of a trial, or interrupts it, and nothing that it has started: that has to end by itself. */
export function killEngine({ mark }: TrialProject, signal: "SIGKILL" | "SIGINT" = "SIGKILL"): void {
  const engine = runningProcesses().find(
    ({ environ, command }) => environ.split("\0").includes(mark) && /^[^\0]*\/pulumi\0/.test(command),
  );
  if (!engine) throw new Error("no engine runs for this trial");
  process.kill(engine.pid, signal);
}
