import { kubectl } from "../kubectl.ts";
import type { Machine } from "../machine.ts";
import type { Pod } from "./servingPods.ts";

/** Writes more into a pod's temporary folder than its quota allows. */
export async function fillDisk(machine: Machine, { namespace, name }: Pod, megabytes: number): Promise<void> {
  const program = `require("fs").writeFileSync("/tmp/filled", Buffer.alloc(${megabytes} << 20))`;
  await kubectl(machine, "exec", "-n", namespace, name, "--", "node", "-e", program);
}
