import type { Machine } from "../machine.ts";
import { type NodeProgram, nodeProgram } from "./nodeProgram.ts";

/** Stops one of the node's programs for so long, and lets it go on whatever happens. */
export async function freezeProgram(machine: Machine, program: NodeProgram, seconds: number): Promise<void> {
  const frozen = nodeProgram(machine, program);
  if (frozen === undefined) throw new Error(`${program} does not run`);
  process.kill(frozen, "SIGSTOP");
  try {
    await new Promise((done) => setTimeout(done, seconds * 1000));
  } finally {
    process.kill(frozen, "SIGCONT");
  }
}
