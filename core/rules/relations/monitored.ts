import { finding, notDecided } from "../finding.ts";
import { podLabels, podOf } from "../pods/podRule.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { selects } from "../reading/selector.ts";
import type { Rule, Subject } from "../rule.ts";
import { type Answer, anyOf } from "./answer.ts";
import { engineOf } from "./databases.ts";
import { anySure, servicesOf, sure } from "./services.ts";
import { advisedInProduction } from "./stages.ts";

const scrape = "prometheus.io/scrape";

/** Whether something reads a workload's metrics: a monitor that selects it or its Service, or an annotation. */
function isScraped(subject: Subject, labels: Field): Answer {
  const { object, inventory } = subject;
  const services = sure(servicesOf(subject));
  const pod = podOf(subject);
  const annotated = [...(pod ? [pod.metadata] : []), ...services.map(({ root }) => root.at("metadata"))]
    .map((metadata) => metadata.at("annotations", scrape))
    .map((field): Answer => (field.unknown ? "unknown" : field.text === "true" ? "yes" : "no"));
  const monitors = (kind: string) => inventory.all([kind]).filter((monitor) => mayWatch(monitor, object));
  return anyOf([
    ...annotated,
    ...monitors("PodMonitor").map(({ root }) => selects(root.at("spec", "selector"), labels)),
    ...monitors("ServiceMonitor").flatMap(({ root }) =>
      services.map((service) => selects(root.at("spec", "selector"), service.root.at("metadata", "labels"))),
    ),
  ]);
}

/** A monitor watches its own namespace, or those it names. */
function mayWatch(monitor: KubernetesObject, { namespace }: KubernetesObject): boolean {
  const places = monitor.root.at("spec", "namespaceSelector");
  if (places.unknown || places.at("any").text === "true" || namespace === undefined) return true;
  const named = places.at("matchNames").items();
  if (named.length > 0) return named.some(({ unknown, text }) => unknown || text === namespace);
  return monitor.namespace === undefined || monitor.namespace === namespace;
}

export const monitored: Rule = {
  id: "app-is-monitored",
  description:
    "Something reads the metrics of each workload that a Service sends to, and the stack has rules that alert.",
  why: "An app that nobody watches is found broken by its users.",
  severity: "medium",
  levels: advisedInProduction,
  demands: ["R-61", "R-63"],
  relation: true,
  check: (subject) => {
    const { object, inventory } = subject;
    if (!["Deployment", "StatefulSet", "DaemonSet", "Rollout"].includes(object.kind) || object.partial) return [];
    if (engineOf(object) !== undefined) return [];
    const served = anySure(servicesOf(subject));
    const labels = podLabels(object);
    if (served !== "yes") return served === "no" ? [] : [notDecided(labels)];
    const scraped = isScraped(subject, labels);
    const alerts = inventory.all(["PrometheusRule"]).length > 0;
    if (scraped === "unknown" && alerts) return [notDecided(labels)];
    if (scraped !== "no" && alerts) return [];
    const problem =
      scraped === "no" ? "are those of pods whose metrics nothing reads" : "are watched, and nothing alerts";
    const fix =
      scraped === "no" ? "add a ServiceMonitor for its Service, and a PrometheusRule" : "add a PrometheusRule";
    return [finding(labels, { problem, fix })];
  },
};
