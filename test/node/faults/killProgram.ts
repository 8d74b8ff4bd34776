import type { Machine } from "../machine.ts";
import { type NodeProgram, nodeProgram } from "./nodeProgram.ts";

/** Kills one of the node's programs, and returns when its next process runs. */
export async function killProgram(machine: Machine, program: NodeProgram): Promise<void> {
  const killed = nodeProgram(machine, program);
  if (killed === undefined) throw new Error(`${program} does not run`);
  process.kill(killed, "SIGKILL");
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const now = nodeProgram(machine, program);
    if (now !== undefined && now !== killed) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${program} was not started again within half a minute`);
}
