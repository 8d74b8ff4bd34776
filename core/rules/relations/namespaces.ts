import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn, off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Rule, Subject } from "../rule.ts";
import { type Answer, anyOf } from "./answer.ts";

/** The objects of a kind that may be in the namespace that this one is. */
function inside({ object, inventory }: Subject, kind: string): KubernetesObject[] {
  return inventory.all([kind]).filter(({ namespace }) => namespace === undefined || namespace === object.name);
}

const directions = z.enum(["Ingress", "Egress"]);

export const defaultDeny = ruleWith(
  {
    id: "namespace-denies-by-default",
    description:
      "A namespace of the stack has a network policy that closes it for every pod, so that others only open.",
    why: "Where nothing is closed by default, each pod that a policy forgets can be reached, and can reach everything.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-34", "R-14"],
    rows: ["F02"],
    frameworks: ["CIS 5.3.2", "NSA"],
    relation: true,
    parameters: z.strictObject({
      directions: z.array(directions).default(["Ingress", "Egress"]).describe("what has to be closed"),
      external: patterns.default([]).describe("names of namespaces that are closed elsewhere"),
    }),
  },
  (subject, given) => {
    const { object } = subject;
    if (object.kind !== "Namespace" || object.partial || matches(object.name, given.external)) return [];
    const policies = inside(subject, "NetworkPolicy").map(({ root, namespace }) => ({
      spec: root.at("spec"),
      sure: namespace !== undefined && object.name !== undefined,
    }));
    const answers = given.directions.map((direction) => ({
      direction,
      answer: anyOf(policies.map(({ spec, sure }) => weakened(closes(spec, direction), sure))),
    }));
    const left = answers.filter(({ answer }) => answer === "no").map(({ direction }) => direction);
    const name = object.root.at("metadata", "name");
    const fix = `add a NetworkPolicy with podSelector: {} and policyTypes: [${given.directions.join(", ")}]`;
    if (left.length > 0) {
      return [
        finding(name, { problem: `has no NetworkPolicy that closes ${left.join(" and ")}`, fix, value: name.title }),
      ];
    }
    return answers.some(({ answer }) => answer === "unknown") ? [notDecided(name)] : [];
  },
);

const weakened = (answer: Answer, sure: boolean): Answer => (answer === "yes" && !sure ? "unknown" : answer);

/** Selects every pod, is about this direction, and lets nothing through. */
function closes(spec: Field, direction: z.infer<typeof directions>): Answer {
  const [selector, types] = [spec.at("podSelector"), spec.at("policyTypes")];
  const rules = spec.at(direction.toLowerCase());
  if ([spec, selector, types, rules].some(({ unknown }) => unknown)) return "unknown";
  const stated = [...selector.at("matchLabels").entries(), ...selector.at("matchExpressions").items()];
  const about = types.absent ? direction === "Ingress" : types.items().some(({ text }) => text === direction);
  return stated.length === 0 && about && rules.items().length === 0 ? "yes" : "no";
}

export const namespaceBounds: Rule = {
  id: "namespace-has-bounds",
  description: "A namespace of the stack has a ResourceQuota and a LimitRange.",
  why: "Without them one workload may take all that the cluster has.",
  severity: "low",
  levels: off,
  rows: ["D10"],
  relation: true,
  check: (subject) => {
    const { object } = subject;
    if (object.kind !== "Namespace" || object.partial) return [];
    const name = object.root.at("metadata", "name");
    return ["ResourceQuota", "LimitRange"].flatMap((kind) => {
      const found = inside(subject, kind);
      if (found.some(({ namespace }) => namespace !== undefined && namespace === object.name)) return [];
      if (found.length > 0 || (object.name === undefined && subject.inventory.all([kind]).length > 0))
        return [notDecided(name)];
      return [finding(name, { problem: `has no ${kind}`, fix: "add one", value: name.title })];
    });
  },
};
