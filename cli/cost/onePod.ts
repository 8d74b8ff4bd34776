import { amount } from "../../core/quantity.ts";
import type { Inventory } from "../../core/rules/reading/inventory.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { podHas, silentContainers } from "../../core/rules/relations/podRequests.ts";
import { claims } from "../../core/rules/storage/claims.ts";
import { type Amounts, nothing, total, unnamedClass } from "./amounts.ts";

/** What one of something asks for, and what of that nobody can count. */
interface Each {
  readonly each: Amounts;
  readonly notCounted: readonly string[];
}

/** One pod of a workload, its own volumes included. */
export function onePod(workload: KubernetesObject, inventory: Inventory): Each {
  const asked = (resource: "cpu" | "memory") => {
    const counted = { kind: "requests", resource } as const;
    const has = podHas(workload, counted, inventory);
    const silent = silentContainers(workload, counted, inventory).map(
      (one) => one.at("name").title ?? "whose name is not known",
    );
    return {
      has: has ?? 0,
      notCounted: [
        ...(has === undefined ? [`how much ${resource} it asks for is not known`] : []),
        ...silent.map((name) => `its container ${name} asks for no ${resource}`),
      ],
    };
  };
  const [cpu, memory, volumes] = [asked("cpu"), asked("memory"), volumesOf(workload)];
  return {
    each: { ...volumes.each, pods: 1, cores: cpu.has, memoryBytes: memory.has },
    notCounted: [cpu, memory, volumes].flatMap(({ notCounted }) => notCounted),
  };
}

/** The volumes that an object claims, once. */
export function volumesOf(object: KubernetesObject): Each {
  const all = claims(object).map((claim) => {
    const size = claim.at("spec", "resources", "requests", "storage");
    const named = claim.at("spec", "storageClassName");
    return { bytes: amount(size.text?.trim() ?? ""), name: named.absent ? unnamedClass : (named.text ?? unnamedClass) };
  });
  return {
    each: total(all.map(({ bytes = 0, name }) => [{ ...nothing, storageBytes: { [name]: bytes } }, 1])),
    notCounted: all.some(({ bytes }) => bytes === undefined) ? ["how large a volume it claims is not known"] : [],
  };
}
