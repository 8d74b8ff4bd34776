import { amount } from "../../quantity.ts";
import { type Pod, podOf } from "../pods/podRule.ts";
import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** What quotas count: a resource, asked for or limited. */
export interface Counted {
  readonly kind: "requests" | "limits";
  readonly resource: string;
}

/** How much of it one pod of a workload has; undefined while that is not known. */
export function podHas(workload: KubernetesObject, counted: Counted, inventory: Inventory): number | undefined {
  const pod = podOf({ object: workload });
  if (!pod || pod.spec.unknown) return undefined;
  const usual = usually(workload, counted, inventory);
  const has = (containers: readonly Field[]) => containers.map((one) => containerHas(one, counted, usual));
  const early = pod.spec.at("initContainers").items();
  const sidecars = early.filter(isSidecar);
  const beside = sum(has(sidecars));
  const running = sum([...has(served(pod)), beside]);
  const starting = sum([greatest(has(early.filter((one) => !sidecars.includes(one)))), beside]);
  return running === undefined || starting === undefined ? undefined : Math.max(running, starting);
}

/** The containers that run as long as their pod, and of which nobody says how much of it they have. */
export function silentContainers(workload: KubernetesObject, counted: Counted, inventory: Inventory): Field[] {
  const pod = podOf({ object: workload });
  if (!pod || pod.spec.unknown || usually(workload, counted, inventory) > 0) return [];
  const sidecars = pod.spec.at("initContainers").items().filter(isSidecar);
  return [...served(pod), ...sidecars].filter((one) => statedFor(one, counted) === undefined);
}

const served = ({ spec }: Pod) => spec.at("containers").items();

const isSidecar = (container: Field) => container.at("restartPolicy").text === "Always";

function containerHas(container: Field, counted: Counted, usual: number): number | undefined {
  const stated = statedFor(container, counted);
  return stated ? amount(stated.text?.trim() ?? "") : usual;
}

/** Kubernetes takes a limit for the request where no other is stated. */
function statedFor(container: Field, { kind, resource }: Counted): Field | undefined {
  const kinds = kind === "requests" ? ["requests", "limits"] : ["limits"];
  return kinds.map((one) => container.at("resources", one, resource)).find(({ absent }) => !absent);
}

/** What a container gets that states nothing, by a LimitRange of the namespace. */
function usually(workload: KubernetesObject, { kind, resource }: Counted, inventory: Inventory): number {
  const fields = kind === "requests" ? ["defaultRequest", "default"] : ["default"];
  const limits = inventory.sharing(workload, "LimitRange").flatMap(({ root }) => root.at("spec", "limits").items());
  const ofContainers = limits.filter((one) => one.at("type").text === "Container");
  const stated = fields.flatMap((field) => ofContainers.map((one) => one.at(field, resource).text ?? ""));
  return stated.map((text) => amount(text) ?? 0).find((number) => number > 0) ?? 0;
}

function greatest(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.includes(undefined) ? undefined : Math.max(0, ...numbers.map(Number));
}

export function sum(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.includes(undefined) ? undefined : numbers.reduce<number>((total, one) => total + Number(one), 0);
}
