import { environmentLabel } from "../../labels.ts";
import { stageOf } from "../../stage.ts";
import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import type { Finding, Subject } from "../rule.ts";
import { environmentInName } from "../secrets/environmentName.ts";

const nameLabels = ["kubernetes.io/metadata.name", "name"];
const environmentLabels = [environmentLabel, "environment", "env", "app.kubernetes.io/environment"];

export const policyStaysInside = objectRule(
  {
    id: "network-policy-stays-inside",
    description: "No network policy opens a way from or to another environment's namespace.",
    why: "A way between environments lets what is tried in one read or change the data of the other.",
    severity: "high",
    levels: everywhere,
    demands: ["R-14"],
  },
  ["NetworkPolicy"],
  (root, subject) =>
    (["ingress", "egress"] as const)
      .flatMap((direction) =>
        root
          .at("spec", direction)
          .items()
          .flatMap((rule) => peers(rule, direction)),
      )
      .flatMap((peer) => wanted(peer.at("namespaceSelector")))
      .flatMap((label) => foreign(label, subject)),
);

function peers(rule: Field, direction: "ingress" | "egress"): Field[] {
  return rule.at(direction === "ingress" ? "from" : "to").items();
}

interface Wanted {
  readonly label: string;
  readonly value: Field;
}

/** The values that a namespace selector asks for, by label. */
function wanted(selector: Field): Wanted[] {
  if (selector.unknown) return [{ label: environmentLabel, value: selector }];
  const labels = selector.at("matchLabels").entries();
  const expressions = selector
    .at("matchExpressions")
    .items()
    .filter((one) => one.unknown || one.at("operator").unknown || one.at("operator").text === "In");
  return [
    ...labels.map((value) => ({
      label: value.unknown && value.key === "matchLabels" ? environmentLabel : value.key,
      value,
    })),
    ...expressions.flatMap((one) =>
      one
        .at("values")
        .items()
        .map((value) => ({ label: one.at("key").text ?? environmentLabel, value })),
    ),
  ];
}

function foreign({ label, value }: Wanted, { stage, review }: Subject): Finding[] {
  const byName = nameLabels.includes(label);
  if (!byName && !environmentLabels.includes(label)) return [];
  if (value.unknown) return [notDecided(value)];
  const text = value.text ?? "";
  const environment = byName ? environmentInName(text) : /^pr-/.test(text) ? text : stageOf(text);
  const own =
    environment === stage ||
    environment === review ||
    (stage === "review" && /^pr-/.test(environment ?? "") && review === undefined);
  if (environment === undefined || own) return [];
  const problem = `opens a way between this environment and ${environment}`;
  return [finding(value, { problem, fix: "name a namespace of this environment, or leave it out", value: text })];
}
