import { kubectl } from "../kubectl.ts";
import type { Machine } from "../machine.ts";
import type { Pod } from "./servingPods.ts";

/** Deletes a pod as anybody might, with its time to end. */
export async function deletePod(machine: Machine, { namespace, name }: Pod): Promise<void> {
  await kubectl(machine, "delete", "pod", name, "-n", namespace, "--wait=false");
}
