import { connects } from "../render/networkPolicies.ts";
import { inventoryOf, objectsOf, workload } from "../render/objects.ts";
import type { Rendered } from "../render/rendered.ts";

/**
 * Whether the network policies let pods of one workload open a TCP connection to those of another: out of the one, and
 * into the other. Both are named by their workloads, such as `api` and `db`.
 *
 * @param port Port of the pod, by its number or its name in the policy.
 * @throws Error that lists the workloads, when one isn't there
 */
export function reaches(rendered: Rendered, from: string, to: string, port: number | string): boolean {
  const objects = objectsOf(rendered);
  const inventory = inventoryOf(objects);
  return connects(objects, workload(objects, inventory, from), workload(objects, inventory, to), port);
}
