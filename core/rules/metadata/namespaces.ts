import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { isClusterWide } from "../reading/kubernetesObject.ts";
import type { Rule } from "../rule.ts";

export const noDefaultNamespace: Rule = {
  id: "no-default-namespace",
  description: "Nothing is put into the namespace that everybody gets who forgot to name one.",
  why: "Apps lie there side by side, and no quota, network policy or role can tell them apart.",
  severity: "low",
  levels: advisedFromStagingOn,
  rows: ["I01"],
  frameworks: ["CIS 5.7.1", "CIS 5.7.4"],
  check: ({ object: { kind, namespace, partial, root } }) => {
    const field = root.at("metadata", "namespace");
    if (isClusterWide(kind) || partial) return [];
    if (field.unknown) return [notDecided(field)];
    if (namespace !== "default") return [];
    return [finding(field, { problem: "is the default one", fix: "name one", value: namespace })];
  },
};

export const restrictedNamespace = objectRule(
  {
    id: "namespace-pod-security",
    description: "A Namespace says which Pod Security Standard holds in it, and not that none does.",
    why: "Whoever makes pods past this pack makes privileged ones, and nothing stops them.",
    severity: "medium",
    levels: off,
    rows: ["I08"],
    frameworks: ["CIS 5.2.1"],
    parameters: z.strictObject({
      required: z.boolean().default(true).describe("whether one must be named"),
      denied: z.array(z.string()).default(["privileged"]).describe("standards that may not be enforced"),
    }),
  },
  ["Namespace"],
  (root, { object }, { required, denied }) => {
    const labels = root.at("metadata", "labels");
    const levels = ["enforce", "warn", "audit"].map((mode) => labels.at(`pod-security.kubernetes.io/${mode}`));
    if (labels.unknown || object.partial) return judge(labels, () => []);
    if (levels.every(({ absent }) => absent))
      return !required ? [] : [finding(levels[0]!, { problem: "is not set", fix: "write restricted" })];
    return judge(levels[0]!, (field) =>
      denied.includes(field.text ?? "")
        ? [finding(field, { problem: "lets everything pass", fix: "write restricted", value: field.text })]
        : [],
    );
  },
);

export const noReservedNamespace: Rule = {
  id: "no-reserved-namespace",
  description: "Nothing is put among the cluster's own parts.",
  why: "A mistake there takes the DNS or the network of the whole cluster along.",
  severity: "medium",
  levels: fromStagingOn,
  rows: ["I02"],
  check: ({ object: { kind, root } }) => {
    const field = root.at("metadata", "namespace");
    if (isClusterWide(kind)) return [];
    return judge(field, () =>
      /^kube-(system|public|node-lease)$/.test(field.text ?? "")
        ? [finding(field, { problem: "is the cluster's own", fix: "name another", value: field.text })]
        : [],
    );
  },
};
