import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { podLabels } from "../pods/podRule.ts";
import { selectable } from "../pods/selectable.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { selects } from "../reading/selector.ts";
import type { Finding, Rule } from "../rule.ts";
import { type Answer, anyOf } from "./answer.ts";
import { databasePorts, engineOf, isPostgresCluster, serving } from "./databases.ts";
import { serverLabels } from "./operatedPods.ts";

/** Whether a network policy says who may reach these pods. It does where it names no types, too. */
function guards({ root }: KubernetesObject, labels: Field): Answer {
  const types = root.at("spec", "policyTypes");
  const ingress = types.absent || types.items().some(({ text }) => text === "Ingress");
  if (!ingress && !types.items().some(({ unknown }) => unknown)) return "no";
  const answer = selects(root.at("spec", "podSelector"), labels);
  return answer === "yes" && !ingress ? "unknown" : answer;
}

export const databaseGuarded = ruleWith(
  {
    id: "database-is-guarded",
    description: "A network policy says who may reach each database.",
    why: "Without one every pod of the cluster may try its password, whosever that pod is.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-20", "R-34"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of databases whose policy is made elsewhere"),
    }),
  },
  ({ object, inventory }, { external }) => {
    const operated = isPostgresCluster(object);
    const engine = operated ? "postgres" : engineOf(object);
    if (engine === undefined || object.partial || matches(object.name, external)) return [];
    const labels = operated ? serverLabels(object) : podLabels(object);
    const guarded = anyOf(inventory.sharing(object, "NetworkPolicy").map((policy) => guards(policy, labels)));
    if (guarded === "yes") return [];
    if (guarded === "unknown" || engine === "unknown") return [notDecided(labels)];
    const problem = "are those of a database, and no NetworkPolicy of the stack says who may reach it";
    return [finding(labels, { problem, fix: "add one for these pods, with the apps that need it under ingress" })];
  },
);

export const databaseGuardNarrow: Rule = {
  id: "database-guard-is-narrow",
  description: "A network policy for a database lets in those that need it, not everybody.",
  why: "A policy that lets everything in looks like a guard, and is none.",
  severity: "high",
  levels: fromStagingOn,
  demands: ["R-20", "R-34"],
  relation: true,
  check: ({ object, inventory }) => {
    if (object.kind !== "NetworkPolicy") return [];
    const near = selectable(inventory.workloadsSharing(object), object.root.at("spec", "podSelector"));
    const guarded = near.filter((workload) => {
      const engine = engineOf(workload);
      return engine !== undefined && engine !== "unknown" && guards(object, podLabels(workload)) !== "no";
    });
    if (guarded.length === 0) return [];
    const sure = guarded.some((workload) => guards(object, podLabels(workload)) === "yes");
    return object.root
      .at("spec", "ingress")
      .items()
      .filter((rule) => reachesDatabase(rule, guarded))
      .flatMap((rule) => letsIn(rule, sure));
  },
};

/** Whether a policy's rule is about a database's port, as far as it says; metrics may be for others. */
function reachesDatabase(rule: Field, databases: readonly KubernetesObject[]): boolean {
  const ports = rule.at("ports").items();
  const own = databases.flatMap((workload) => serving(workload).flatMap((container) => container.at("ports").items()));
  const names = own.filter((port) => databasePorts.has(port.at("containerPort").text ?? "")).map((p) => p.at("name"));
  return (
    ports.length === 0 ||
    ports.some((entry) => {
      const [port, end] = [entry.at("port"), Number(entry.at("endPort").text ?? Number.NaN)];
      if (port.absent || port.unknown || databasePorts.has(port.text ?? "")) return true;
      const within = [...databasePorts].some((one) => Number(one) >= Number(port.text) && Number(one) <= end);
      return within || names.some(({ text }) => text !== undefined && text === port.text);
    })
  );
}

function letsIn(rule: Field, sure: boolean): Finding[] {
  const from = rule.at("from");
  const fix = "name the apps that need it, by a podSelector with labels";
  const words = { problem: "lets everybody reach a database", fix };
  if (rule.unknown || from.unknown) return [notDecided(from)];
  if (from.items().length === 0) return [sure ? finding(from, words) : notDecided(from)];
  return from.items().flatMap((peer) => {
    const [range, pods, namespaces] = ["ipBlock", "podSelector", "namespaceSelector"].map((key) => peer.at(key));
    const cidr = range!.at("cidr");
    const everywhere = /^(0\.0\.0\.0|::)\/0$/.test(cidr.text ?? "");
    const all = !namespaces!.absent && empty(namespaces!) && (pods!.absent || empty(pods!));
    const open =
      peer.unknown ||
      cidr.unknown ||
      namespaces!.unknown ||
      (!namespaces!.absent && pods!.unknown && empty(namespaces!));
    if (open || ((everywhere || all) && !sure)) return [notDecided(peer)];
    if (everywhere) return [finding(cidr, { ...words, value: cidr.text })];
    if (all) return [finding(namespaces!, { ...words, problem: "lets every pod of the cluster reach a database" })];
    return [];
  });
}

function empty(selector: Field): boolean {
  const stated = [selector.at("matchLabels").entries(), selector.at("matchExpressions").items()].flat();
  return !selector.unknown && stated.length === 0;
}
