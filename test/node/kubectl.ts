import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Machine } from "./machine.ts";

const run = promisify(execFile);

/** kubectl on the test's node. Throws what it says when it fails. */
export async function kubectl(machine: Machine, ...args: string[]): Promise<string> {
  const { stdout } = await run(machine.kubectl, ["--kubeconfig", machine.kubeconfig, ...args], { maxBuffer: 64 << 20 });
  return stdout;
}
