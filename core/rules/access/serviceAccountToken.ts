import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podRule } from "../pods/podRule.ts";
import type { Field } from "../reading/field.ts";
import type { Finding, Rule } from "../rule.ts";

const about = {
  id: "no-mounted-token",
  description: "No pod is handed a token for the API server, unless it asks for one.",
  why: "A flaw that lets a stranger read one file of the pod lets them speak to the API server in its name.",
  severity: "medium",
  levels: advisedFromStagingOn,
  demands: ["R-40"],
  rows: ["H02"],
  frameworks: ["CIS 5.1.6", "NSA"],
} as const;

const inPods = podRule(about, ({ spec, partial }) => (partial ? [] : mounted(spec.at("automountServiceAccountToken"))));
/** CloudNativePG's Pooler: its pods ask the API server what they are to do, by an account of their own. */
const asks = "Pooler";
const inAccounts = objectRule(about, ["ServiceAccount"], (root, { object }) =>
  object.partial ? [] : mounted(root.at("automountServiceAccountToken")),
);

export const noMountedToken: Rule = {
  ...about,
  check: (subject) => (subject.object.kind === asks ? [] : [...inPods.check(subject), ...inAccounts.check(subject)]),
};

function mounted(field: Field): Finding[] {
  if (field.unknown) return [notDecided(field)];
  if (field.text === "false") return [];
  return [finding(field, { problem: field.absent ? "is not set" : "hands out a token", fix: "write false" })];
}
