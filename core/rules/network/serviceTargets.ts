import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { podLabels } from "../pods/podRule.ts";
import { containers } from "../reading/containers.ts";
import { titleOf } from "../reading/kubernetesObject.ts";
import { anySure, servicesOf, sure, workloadsBehind } from "../relations/services.ts";
import type { Rule } from "../rule.ts";

export const serviceSelects: Rule = {
  id: "service-selects",
  description: "A Service's selector fits pods of the stack: else it leads nowhere.",
  why: "Every request to it is refused, while all pods are ready and nothing reports an error.",
  severity: "high",
  levels: advisedFromStagingOn,
  rows: ["F13"],
  relation: true,
  check: (subject) => {
    const { object, inventory } = subject;
    const selector = object.root.at("spec", "selector");
    if (object.kind !== "Service" || object.partial || selector.absent) return [];
    if (inventory.workloadsSharing(object).length === 0) return [];
    const chosen = anySure(workloadsBehind(subject));
    if (chosen === "yes") return [];
    if (chosen === "unknown") return [notDecided(selector)];
    return [finding(selector, { problem: "fits no pod of the stack", fix: "write the labels of the pods it is for" })];
  },
};

export const servicePorts: Rule = {
  id: "service-port-exists",
  description: "A Service's target port is one that its pods have, where they say which they have.",
  why: "Every connection through it is refused, though its pods are ready and answer when asked directly.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["F15"],
  relation: true,
  check: (subject) => {
    const { object } = subject;
    if (object.kind !== "Service" || object.partial) return [];
    const ports = sure(workloadsBehind(subject)).flatMap((workload) =>
      containers(workload).flatMap(({ field }) => field.at("ports").items()),
    );
    if (ports.length === 0 || ports.some((port) => [...port.leaves()].some(({ unknown }) => unknown))) return [];
    const known = new Set(ports.flatMap((port) => [port.at("name").text, port.at("containerPort").text]));
    return object.root
      .at("spec", "ports")
      .items()
      .map((port) => (port.at("targetPort").absent ? port.at("port") : port.at("targetPort")))
      .flatMap((target) => {
        if (target.unknown) return [notDecided(target)];
        const words = { problem: "is no port of its pods", fix: "name one that they have", value: target.text };
        return known.has(target.text) ? [] : [finding(target, words)];
      });
  },
};

/** A Service or a disruption budget that counts the pods of a Job counts what ends by itself. */
export const jobPodsApart: Rule = {
  id: "job-pods-apart",
  description: "No Service selects the pods of a Job: it would send requests to what is no server.",
  why: "While the Job runs a share of the requests fails: an error that comes and goes with the schedule.",
  severity: "high",
  levels: fromStagingOn,
  rows: [],
  relation: true,
  check: (subject) => {
    const { object } = subject;
    if (!["Job", "CronJob"].includes(object.kind) || object.partial) return [];
    const labels = podLabels(object);
    const services = servicesOf(subject);
    const [service] = sure(services);
    if (!service && services.length > 0) return [notDecided(labels)];
    return service
      ? [
          finding(labels, {
            problem: `are what ${titleOf(service)} selects`,
            fix: "give them a label of their own",
          }),
        ]
      : [];
  },
};
