import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { isOff } from "../nameWords.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import { storageClasses } from "../storage/claims.ts";
import type { Answer } from "./answer.ts";

/** Their disks are encrypted whatever a class says. */
const always =
  /^(disk\.csi\.azure\.com|pd\.csi\.storage\.gke\.io|kubernetes\.io\/(gce-pd|azure-disk)|dobs\.csi\.digitalocean\.com)$/;

export const encryptedVolumes = ruleWith(
  {
    id: "encryption-at-rest",
    description:
      "Volumes are of a class that encrypts them, as far as the stack makes the class or a list names those that do.",
    why: "A disk that is thrown away, copied or stolen shows all that stood on it.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-23"],
    rows: ["J02"],
    relation: true,
    parameters: z.strictObject({
      encrypted: patterns.default([]).describe("classes made elsewhere that encrypt; any when empty"),
    }),
  },
  ({ object, inventory }, { encrypted }) =>
    storageClasses(object).flatMap((name) => {
      if (object.partial) return [];
      if (name.unknown) return [notDecided(name)];
      const known = inventory.all(["StorageClass"]);
      const found = known.find((one) => one.name !== undefined && one.name === name.text);
      const answer = found
        ? encrypts(found.root)
        : encrypted.length === 0 || matches(name.text, encrypted)
          ? "yes"
          : "no";
      if (answer === "yes") return [];
      const nameless = !found && known.some((one) => one.name === undefined);
      if (answer === "unknown" || nameless) return [notDecided(name)];
      const problem = found ? "is a class that does not encrypt" : "is no class of those that encrypt";
      const list = encrypted.join(", ");
      const fix = found ? `write encrypted: "true" among its parameters` : `name one of ${list}`;
      return [finding(name, { problem, fix, value: name.text })];
    }),
);

function encrypts(storageClass: Field): Answer {
  const [provisioner, parameters] = [storageClass.at("provisioner"), storageClass.at("parameters")];
  if (always.test(provisioner.text ?? "")) return "yes";
  const stated = parameters.entries().filter(({ key, unknown }) => unknown || /encrypt|luks|kms/i.test(key));
  if (stated.some(({ text }) => text !== undefined && !isOff(text))) return "yes";
  return provisioner.unknown || stated.some(({ unknown }) => unknown) ? "unknown" : "no";
}
