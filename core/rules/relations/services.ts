import { podLabels } from "../pods/podRule.ts";
import { selectable, selecting } from "../pods/selectable.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { perObject } from "../reading/perObject.ts";
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

/** Whether a Service selects pods with these labels. Without a selector it selects none. */
function chosenBy(service: KubernetesObject, labels: Field): Answer {
  const selector = selectorOf(service);
  return selector.absent ? "no" : selects(selector, labels);
}

/** A Service's selector is a plain map. */
const selectorOf = perObject(({ root }) => {
  const labels = root.at("spec", "selector");
  return labels.absent ? labels : labels.reading({ matchLabels: labels.raw });
});

type Place = Pick<Subject, "object" | "inventory">;

/** The Services that send to a workload's pods. */
export function servicesOf({ object, inventory }: Place): Related[] {
  const labels = podLabels(object);
  const services = selecting(inventory.sharing(object, "Service"), selectorOf, labels);
  return related(services, (service) => chosenBy(service, labels));
}

/** The workloads that a Service sends to. */
export function workloadsBehind({ object, inventory }: Place): Related[] {
  const workloads = selectable(inventory.workloadsSharing(object), selectorOf(object));
  return related(workloads, (workload) => chosenBy(object, podLabels(workload)));
}

function related(objects: readonly KubernetesObject[], of: (object: KubernetesObject) => Answer): Related[] {
  return objects.map((object) => ({ object, answer: of(object) })).filter(({ answer }) => answer !== "no");
}
