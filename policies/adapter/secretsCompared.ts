import type { Policies } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { stageNames } from "../../core/stage.ts";
import { guarded, stackType } from "./guarded.ts";
import type { Memory } from "./memory.ts";

const name = "secrets-compared";

/** Says with which environments secrets could not be compared, and after an update keeps this one's record. */
export function secretsCompared(memory: Memory): Policies {
  return [
    {
      name,
      description: "Says with which environments the secrets of this one could not be compared.",
      severity: "low",
      enforcementLevel: "advisory",
      validateResource: guarded(name, ({ type, urn }, report) => {
        if (type !== stackType) return;
        const { stage, review, secretRecords: records } = memory.surroundings(urn);
        if (!records) return report("Not compared: palier:records, the folder of records, is not set.", urn);
        for (const problem of records.problems) report(`Not compared: ${problem}.`, urn);
        const others = Object.keys(stageNames).filter((one) => review !== undefined || one !== stage);
        const unknown = others.filter((one) => !records.compared.includes(one));
        if (unknown.length > 0) report(`Not compared with ${unknown.join(" and ")}: nothing is on record of it.`, urn);
      }),
    },
    {
      name: "secrets-recorded",
      description: "Keeps fingerprints of this environment's secrets, for the others to compare with.",
      severity: "low",
      enforcementLevel: "advisory",
      validateStack: ({ resources }, report) => {
        const urn = resources.find(({ type }) => type === stackType)?.urn;
        if (urn === undefined || pulumi.runtime.isDryRun()) return;
        try {
          memory.surroundings(urn).secretRecords?.write();
        } catch (error) {
          report(
            `Nothing was recorded: the folder of records can't be written to (${(error as NodeJS.ErrnoException).code}).`,
            urn,
          );
        }
      },
    },
  ];
}
