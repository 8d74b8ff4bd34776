import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";
import { references } from "../reading/references.ts";
import type { Rule } from "../rule.ts";

/** Where each keeps its keys. */
const maps = { ConfigMap: ["data", "binaryData"], Secret: ["data", "stringData"] } as const;

export const keysExist: Rule = {
  id: "referenced-key-exists",
  description: "A variable reads a key that its ConfigMap or Secret has, where the stack has that: else no pod starts.",
  why: "New pods stay in CreateContainerConfigError, and the release stops half way.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["G05"],
  relation: true,
  check: ({ object, inventory }) =>
    references(object).flatMap((reference) => {
      const { kind, key, field, container, whole } = reference;
      const found = inventory.find(object, reference);
      if (found && field.at("key").unknown) return [notDecided(field.at("key"), container)];
      if (whole || key === undefined || !found || found.partial || field.at("optional").text === "true") return [];
      const stated = maps[kind].map((map) => found.root.at(map));
      if (stated.some((map) => map.unknown || !map.at(key).absent)) return [];
      const problem = `is no key of ${kind} "${found.name}"`;
      return [finding(field.at("key"), { problem, fix: "name one that it has", value: key }, container)];
    }),
};

export const noDuplicateVariables = containerRule(
  {
    id: "no-duplicate-variables",
    description: "A variable is set once: of two, the last one wins in silence.",
    why: "Somebody changes the first of the two, nothing changes in the container, and nobody sees why.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["G08"],
  },
  ({ field, name }) => {
    const seen = new Set<string>();
    return field
      .at("env")
      .items()
      .map((variable) => variable.at("name"))
      .flatMap((one) => {
        if (one.unknown) return [notDecided(one, name)];
        if (one.text === undefined) return [];
        const again = seen.has(one.text);
        seen.add(one.text);
        return again ? [finding(one, { problem: "is set before", fix: "set it once", value: one.title }, name)] : [];
      });
  },
);
