import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { data } from "../reading/settings.ts";

/** What anybody may know, and every environment may have. */
const isPublic = (text: string) => /^-----BEGIN (CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY)-----/.test(text.trim());

export const noSharedSecrets = objectRule(
  {
    id: "no-shared-secrets",
    description: "No value of a Secret is that of a Secret in another environment, as far as those are on record.",
    why: "Whoever reads dev's secrets, and many do, would have production's.",
    severity: "critical",
    levels: everywhere,
    demands: ["R-07", "R-14", "R-17", "R-38"],
    rows: ["G13"],
  },
  ["Secret"],
  (_, { object, secretRecords }) => {
    if (!secretRecords) return [];
    return data(object).flatMap((value) => {
      if (value.unknown) return [notDecided(value)];
      if (value.text === undefined || isPublic(value.text)) return [];
      const [other] = secretRecords.sharedBy(`${object.name ?? "?"}/${value.key}`, value.text);
      if (!other) return [];
      const problem = `is the value of ${other.name} in ${other.environment}`;
      return [
        finding(value, { problem, fix: "give this environment one of its own, and change the other if it was seen" }),
      ];
    });
  },
);
