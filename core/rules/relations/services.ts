import { podLabels } from "../pods/podRule.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { selects } from "../reading/selector.ts";
import type { Subject } from "../rule.ts";
import { type Answer, anyOf } from "./answer.ts";

/** An object that has to do with another, or may have. */
export interface Related {
  readonly object: KubernetesObject;
  readonly answer: Answer;
}

export const sure = (related: readonly Related[]): KubernetesObject[] =>
  related.filter(({ answer }) => answer === "yes").map(({ object }) => object);

export const anySure = (related: readonly Related[]): Answer => anyOf(related.map(({ answer }) => answer));

/** Whether a Service selects pods with these labels. Its selector is a plain map; without one it selects none. */
export function chosenBy(service: KubernetesObject, labels: Field): Answer {
  const selector = service.root.at("spec", "selector");
  if (selector.absent) return "no";
  return selects(selector.reading({ matchLabels: selector.raw }, selector.path), labels);
}

type Place = Pick<Subject, "object" | "inventory">;

/** The Services that send to a workload's pods. */
export function servicesOf({ object, inventory }: Place): Related[] {
  const labels = podLabels(object);
  const services = inventory.sharing(object, "Service");
  return related(services, (service) => chosenBy(service, labels));
}

/** The workloads that a Service sends to. */
export function workloadsBehind({ object, inventory }: Place): Related[] {
  return related(inventory.workloadsSharing(object), (workload) => chosenBy(object, podLabels(workload)));
}

function related(objects: readonly KubernetesObject[], of: (object: KubernetesObject) => Answer): Related[] {
  return objects.map((object) => ({ object, answer: of(object) })).filter(({ answer }) => answer !== "no");
}
