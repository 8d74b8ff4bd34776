import { z } from "zod";
import { finding, settingFinding } from "../finding.ts";
import { judge } from "../judge.ts";
import { everywhere } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import { matches, patterns } from "../parameters.ts";
import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Finding, Rule } from "../rule.ts";
import { settingRule, standsHere } from "../settingRule.ts";
import { regionsInAddresses } from "./region.ts";

const parameters = z.strictObject({
  allowedRegions: patterns
    .default([])
    .describe("regions that data may be in, `*` for any text: `fr-par`, `eu-*`; nothing is judged while there is none"),
});
type Given = z.infer<typeof parameters>;

const fix = (allowed: readonly string[]) => `use one of ${allowed.join(", ")}`;

const settingsRule = settingRule(
  {
    id: "data-residency",
    description: "Programs run, and data lies, in the regions that are allowed.",
    why: "Personal data that left its jurisdiction can't be brought back, whatever was promised to its owners.",
    severity: "high",
    levels: everywhere,
    demands: ["R-31"],
    parameters,
  },
  {
    words: true,
    concerns: (name, setting, { allowedRegions }) =>
      allowedRegions.length > 0 &&
      standsHere(setting, namesRegion) &&
      (namesRegion(name) || !setting.value.unknown || namesAddress(name)),
    check: (setting, _all, _subject, { allowedRegions }) => {
      const { name = "", text } = setting;
      const regions = namesRegion(name)
        ? text.split(/[\s,;]+/).filter((part) => part !== "")
        : regionsInAddresses(text);
      const other = regions.find((region) => !isAllowed(region.toLowerCase(), allowedRegions));
      if (other === undefined || /[$({]/.test(other)) return [];
      const words = { problem: "leads to another region", fix: fix(allowedRegions), value: other };
      return [settingFinding(setting, words)];
    },
  },
);

export const dataResidency: Rule = {
  ...settingsRule,
  check: (subject, given = parameters.parse({})) => {
    const { allowedRegions } = given as Given;
    if (allowedRegions.length === 0) return [];
    return [
      ...settingsRule.check(subject, given),
      ...placed(subject.object.root, podSpec(subject.object), allowedRegions),
    ];
  },
};

/** `CLOUD_REGION`, `AWS_DEFAULT_REGION`, `s3.region`. */
const namesRegion = (name: string) => /^REGIONS?$/.test(nameWords(name).at(-1) ?? "");
const namesAddress = (name: string) => /^(\w*URL|URI|DSN|HOST|ENDPOINT)$/.test(nameWords(name).at(-1) ?? "");

/** A zone is of a region whose name it begins with: `fr-par-1`, `eu-west-3a`. */
function isAllowed(place: string, allowed: readonly string[]): boolean {
  return allowed.some(
    (region) => matches(place, [region, `${region}-*`]) || matches(place.replace(/[a-z]$/, ""), [region]),
  );
}

const label = /^(topology\.kubernetes\.io|failure-domain\.beta\.kubernetes\.io)\/(region|zone)$/;

/** Node selectors, affinities and a storage class's topologies that name regions or zones. */
function placed(root: Field, spec: Field | undefined, allowed: readonly string[]): Finding[] {
  const selector =
    spec
      ?.at("nodeSelector")
      .entries()
      .filter(({ key, unknown }) => label.test(key) || (unknown && key === "nodeSelector")) ?? [];
  const affinity = spec?.at("affinity", "nodeAffinity");
  const expressions = [
    ...(affinity ? expressionsIn(affinity) : []),
    ...root.at("allowedTopologies").items().flatMap(expressionsIn),
    ...expressionsIn(root.at("spec", "nodeAffinity")),
  ].filter((expression) => !/^(NotIn|DoesNotExist)$/.test(expression.at("operator").text ?? ""));
  const values = expressions.flatMap((expression) => expression.at("values").items());
  return [...selector, ...values].flatMap((field) =>
    judge(field, ({ text = "" }) =>
      isAllowed(text, allowed)
        ? []
        : [finding(field, { problem: "is another region", fix: fix(allowed), value: text })],
    ),
  );
}

/** Every `key: …/region` with its values, at any depth. */
function expressionsIn(field: Field): Field[] {
  if (field.absent || field.unknown) return [];
  if (label.test(field.at("key").text ?? "")) return [field];
  return [...field.items(), ...field.entries()].flatMap(expressionsIn);
}
