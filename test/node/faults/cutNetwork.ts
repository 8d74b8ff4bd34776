import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Machine } from "../machine.ts";
import { processesOf } from "./killContainer.ts";
import { firstProcess } from "./nodeProgram.ts";
import type { Pod } from "./servingPods.ts";

const run = promisify(execFile);

/** Takes down the link between a pod's network and the node's while something happens, and up again whatever does. */
export async function cutNetwork(machine: Machine, pod: Pod, during: () => Promise<void>): Promise<void> {
  const [inside] = processesOf(pod);
  if (inside === undefined) throw new Error(`pod ${pod.name} has no process`);
  const node = firstProcess(machine);
  const [, index] = /eth0@if(\d+)/.exec(await ip(inside, "-o", "link", "show", "eth0")) ?? [];
  const [, link] = new RegExp(`^${index}: (\\w+)@`, "m").exec(await ip(node, "-o", "link")) ?? [];
  if (!link) throw new Error(`the node's end of pod ${pod.name}'s link was not found`);
  await ip(node, "link", "set", link, "down");
  try {
    await during();
  } finally {
    await ip(node, "link", "set", link, "up");
  }
}

async function ip(pid: number, ...args: string[]): Promise<string> {
  const { stdout } = await run("nsenter", ["--target", String(pid), "--net", "ip", ...args]);
  return stdout;
}
