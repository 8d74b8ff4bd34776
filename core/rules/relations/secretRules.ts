import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn, fromStagingOn, off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import { mentionedBy } from "./mentions.ts";
import { madeSecrets } from "./secretMakers.ts";
import { secretsNamed } from "./secretUse.ts";

function secretOf(workload: KubernetesObject, name: Field, inventory: Inventory): KubernetesObject | undefined {
  return inventory.sharing(workload, "Secret").find((one) => one.name !== undefined && one.name === name.text);
}

/** The label of a workload or of its pods. */
const labelOf = ({ root }: KubernetesObject, label: string) => root.at("metadata", "labels", label);

export const secretInItsPart = ruleWith(
  {
    id: "secret-stays-in-its-part",
    description: "A Secret that says which system it is part of is read by that system's workloads only.",
    why: "A Secret that several systems read can't be changed for one of them, and a flaw in any gives it away.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-17", "R-40"],
    rows: ["G06"],
    relation: true,
    parameters: z.strictObject({
      labels: z.array(z.string()).default(["app.kubernetes.io/part-of"]).describe("labels in which both have to agree"),
    }),
  },
  ({ object, inventory }, given) =>
    secretsNamed(object).flatMap((name) => {
      const secret = secretOf(object, name, inventory);
      if (name.unknown) return inventory.sharing(object, "Secret").length > 0 ? [notDecided(name)] : [];
      if (!secret) return [];
      return given.labels.flatMap((label) => {
        const [theirs, own] = [labelOf(secret, label), labelOf(object, label)];
        if (theirs.absent || own.absent) return [];
        if (theirs.unknown || own.unknown) return [notDecided(name)];
        if (theirs.text === own.text) return [];
        const problem = `is a Secret of ${theirs.text}, and this workload is of ${own.text}`;
        return [finding(name, { problem, fix: "make a Secret for each", value: name.text })];
      });
    }),
);

export const secretIsRead = ruleWith(
  {
    id: "secret-is-read",
    description: "Something in the stack names each Secret that it makes.",
    why: "A Secret that nobody reads is one more copy to lose, and nobody changes it.",
    severity: "low",
    levels: advisedFromStagingOn,
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of Secrets that something outside of the stack reads"),
    }),
  },
  ({ object, inventory }, { external }) => {
    if (object.kind !== "Secret" || object.partial || matches(object.name, external)) return [];
    if (!object.root.at("metadata", "ownerReferences").absent) return [];
    const name = object.root.at("metadata", "name");
    const read = mentionedBy(inventory.all(), object);
    if (read === "yes") return [];
    if (object.name === undefined || read === "unknown") return [notDecided(name)];
    const fix = "take it away, or let what needs it name it";
    return [finding(name, { problem: "is a Secret that nothing in the stack names", fix, value: name.title })];
  },
);

export const secretsFromVault = ruleWith(
  {
    id: "secrets-from-a-vault",
    description:
      "Each Secret that a workload reads is made from a vault or an encrypted file, by an object of the stack.",
    why: "A Secret whose value the program holds is as safe as whatever keeps the program's state.",
    severity: "medium",
    levels: off,
    demands: ["R-25"],
    rows: ["G09"],
    frameworks: ["CIS 5.4.2"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of Secrets that are made elsewhere"),
    }),
  },
  ({ object, inventory }, { external }) =>
    secretsNamed(object).flatMap((name) => {
      if (matches(name.text, external)) return [];
      const targets = madeSecrets(object, inventory);
      if (name.unknown || (targets.some(({ unknown }) => unknown) && !targets.some(({ text }) => text === name.text)))
        return [notDecided(name)];
      if (targets.some(({ text }) => text === name.text)) return [];
      const secret = secretOf(object, name, inventory);
      const problem = `is ${secret ? `${titleOf(secret)}, whose value the program holds` : "made by nothing in the stack"}`;
      return [finding(name, { problem, fix: "make it by an ExternalSecret", value: name.text })];
    }),
);
