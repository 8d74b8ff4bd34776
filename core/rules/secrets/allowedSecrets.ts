import { z } from "zod";
import { refuseIf } from "../judge.ts";
import { off } from "../levels.ts";
import { matches, patterns } from "../parameters.ts";
import { podRule } from "../pods/podRule.ts";
import type { Field } from "../reading/field.ts";

export const allowedSecrets = podRule(
  {
    id: "allowed-secrets",
    description: "Pods read no Secrets but those of names that are allowed.",
    why: "Any pod of a namespace may name any Secret of it, also one that was made for another.",
    severity: "medium",
    levels: off,
    rows: ["G06"],
    parameters: z.strictObject({ allowed: patterns.default([]).describe("names, `*` for any text") }),
  },
  ({ spec, containers }, { allowed }) => {
    const words = { problem: "is a Secret that is not allowed", fix: "read one of its own, or allow the name" };
    const other = (text: string) => !matches(text, allowed);
    const mounted = spec.at("volumes").items().flatMap(namesIn);
    return [
      ...mounted.flatMap((name) => refuseIf(name, other, words)),
      ...containers.flatMap(({ field, name: container }) => {
        const variables = field.at("env").items();
        const sources = field.at("envFrom").items();
        const read = [
          ...variables.map((variable) => variable.at("valueFrom", "secretKeyRef", "name")),
          ...sources.map((source) => source.at("secretRef", "name")),
        ];
        return read.flatMap((name) => refuseIf(name, other, words, container));
      }),
    ];
  },
);

/** The Secrets of a volume: its own, and those of the sources that it projects. */
function namesIn(volume: Field): Field[] {
  const projected = volume.at("projected", "sources").items();
  return [volume.at("secret", "secretName"), ...projected.map((source) => source.at("secret", "name"))];
}
