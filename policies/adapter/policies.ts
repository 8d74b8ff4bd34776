import type { Policies } from "@pulumi/policy";
import { knownEnvironment } from "./knownEnvironment.ts";
import { Memory } from "./memory.ts";
import { type PackRules, rulePolicies } from "./rulePolicies.ts";
import { secretsCompared } from "./secretsCompared.ts";

/** The policies of a pack with these rules. They share what they learn of one run; each call starts afresh. */
export function policiesFor(rules: PackRules, now = () => new Date()): Policies {
  const memory = new Memory();
  return [
    {
      name: "secret-marks",
      description: "Notes which values are Pulumi secrets, for the other policies; changes nothing.",
      enforcementLevel: "remediate",
      remediateResource: (resource) => {
        memory.noteSecrets(resource);
      },
    },
    knownEnvironment,
    ...rulePolicies(rules, memory, now),
    secretsCompared(memory),
  ];
}
