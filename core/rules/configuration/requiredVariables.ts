import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import { environmentOf } from "../relations/environment.ts";
import type { Finding, Subject } from "../rule.ts";

export const requiredVariables = ruleWith(
  {
    id: "required-variables",
    description: "Containers have a value for each variable that somebody says they need.",
    why: "A program that lacks a setting takes a default that was meant for a laptop, or ends when it first needs it.",
    severity: "medium",
    levels: everywhere,
    rows: ["G10"],
    relation: true,
    parameters: z.strictObject({
      variables: z
        .array(
          z.strictObject({
            name: z.string().min(1).describe("the variable"),
            workloads: patterns.describe("the workloads that need it, by name; `*` stands for any text"),
            containers: patterns.default(["*"]).describe("of those, the containers"),
          }),
        )
        .default([]),
    }),
  },
  ({ object, inventory }: Subject, { variables }) => {
    const wanted = object.partial ? [] : variables.filter((one) => matches(object.name, one.workloads));
    return wanted.flatMap((one) =>
      containers(object)
        .filter((container) => !/(init|ephemeral)Containers\[/.test(container.field.path))
        .filter(({ name }) => name === undefined || matches(name, one.containers))
        .flatMap(({ field, name }) => valued(one.name, field, name, environmentOf(object, field, inventory))),
    );
  },
);

function valued(
  variable: string,
  container: Field,
  name: string | undefined,
  { variables, open }: ReturnType<typeof environmentOf>,
): Finding[] {
  const stated = container.at("env").items();
  const written = stated.find((one) => one.at("name").text === variable);
  const value = variables.get(variable);
  const fix = `give ${variable} a value, by \`value\` or \`valueFrom\``;
  if (value?.unknown) return [notDecided(value, name)];
  if (value !== undefined && value.text?.trim() === "") return [finding(value, { problem: "is empty", fix }, name)];
  // What the pod itself knows, such as its own name, has a value.
  if (value !== undefined || written?.at("valueFrom").absent === false) return [];
  if (open || stated.some((one) => one.at("name").unknown)) return [notDecided(container.at("env"), name)];
  return [finding(written ?? container.at("env"), { problem: `has no value for ${variable}`, fix }, name)];
}
