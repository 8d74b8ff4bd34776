import { z } from "zod";
import { type Right, rightsIn } from "../access/roles.ts";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn, off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { podLabels, podOf } from "../pods/podRule.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { exposuresOf } from "./exposure.ts";

export const exposureKnown = ruleWith(
  {
    id: "exposure-is-known",
    description: "Only workloads that are meant to be can be reached from outside the cluster.",
    why: "What nobody knows to be public, nobody guards as such.",
    severity: "medium",
    levels: off,
    rows: ["F18"],
    relation: true,
    parameters: z.strictObject({
      allowed: patterns.default([]).describe("names of the workloads that are meant to be"),
    }),
  },
  ({ object, inventory }, { allowed }) => {
    if (!podOf({ object }) || object.partial || matches(object.name, allowed)) return [];
    const ways = exposuresOf(object, inventory);
    const certain = ways.find(({ answer }) => answer === "yes");
    const labels = podLabels(object);
    if (!certain) return ways.length > 0 ? [notDecided(labels)] : [];
    const problem = `are those of pods that can be reached from outside, by ${certain.by}`;
    return [finding(labels, { problem, fix: "take the way in away, or put the workload on the list" })];
  },
);

const reading: Right = { resources: ["secrets", "*"], verbs: ["get", "list", "watch", "*"], groups: [""] };

export const exposedReadNoSecrets: Rule = {
  id: "exposed-pods-read-no-secrets",
  description: "A workload that can be reached from outside has no role that reads Secrets.",
  why: "Whoever breaks into it would hold every Secret that its role reads, not its own alone.",
  severity: "high",
  levels: fromStagingOn,
  demands: ["R-40"],
  rows: ["H06"],
  relation: true,
  check: (subject) => {
    const { object, inventory } = subject;
    const pod = podOf(subject);
    if (!pod || object.partial) return [];
    const ways = exposuresOf(object, inventory);
    if (ways.length === 0) return [];
    const account = pod.spec.at("serviceAccountName");
    const roles = rolesOf(subject, account.absent ? "default" : account.text);
    const found = roles.flatMap((role) => rightsIn(role.root, reading).map((right) => ({ role, right })));
    const certain = found.find(({ right }) => right.level !== "undecided");
    if (account.unknown && inventory.all(bindings).length > 0) return [notDecided(account)];
    if (found.length === 0) return [];
    const way = ways.find(({ answer }) => answer === "yes");
    if (!certain || !way) return [notDecided(account)];
    return [exposedWords(account.title, certain.role, way.by, certain.right, account)];
  },
};

function exposedWords(
  name = "default",
  role: KubernetesObject,
  by: string,
  right: Finding,
  place: Parameters<typeof finding>[0],
) {
  const problem = `${right.problem} by ${role.kind} "${role.name}", and ${by} leads to it from outside`;
  return finding(place, { problem, fix: "mount the Secret it needs, and take the right away", value: name });
}

const bindings = ["RoleBinding", "ClusterRoleBinding"];

/** The roles of the stack that are bound to an account in the workload's namespace, or to all accounts there. */
function rolesOf({ object, inventory }: Subject, account: string | undefined): KubernetesObject[] {
  const namespace = object.namespace;
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"];
  return bindings
    .flatMap((kind) => inventory.sharing(object, kind))
    .filter(({ root }) =>
      root
        .at("subjects")
        .items()
        .some((one) => {
          const [kind, name, place] = [one.at("kind").text, one.at("name").text, one.at("namespace").text];
          if (kind === "Group") return groups.includes(name ?? "");
          return kind === "ServiceAccount" && name === account && (place === undefined || place === namespace);
        }),
    )
    .flatMap((binding) => {
      const reference = binding.root.at("roleRef");
      const kind = reference.at("kind").text ?? "Role";
      return inventory
        .sharing(binding, kind)
        .filter(({ name }) => name !== undefined && name === reference.at("name").text);
    });
}
