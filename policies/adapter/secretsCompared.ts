import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { stageNames } from "../../core/stage.ts";
import { guardedOnStack } from "./guarded.ts";
import type { Memory } from "./memory.ts";
import { reporter } from "./report.ts";

const name = "secrets-compared";

/** Says with which environments secrets could not be compared. */
export function secretsCompared(memory: Memory): ResourceValidationPolicy {
  return {
    name,
    description: "Says with which environments the secrets of this one could not be compared.",
    severity: "low",
    enforcementLevel: "advisory",
    validateResource: guardedOnStack(name, ({ urn }, report) => {
      const { stage, review, secretRecords: records } = memory.surroundings(urn);
      if (!records) return report("Not compared: palier:records, the folder of records, is not set.", urn);
      for (const problem of records.problems) report(`Not compared: ${problem}.`, urn);
      const others = Object.keys(stageNames).filter((one) => review !== undefined || one !== stage);
      const unknown = others.filter((one) => !records.compared.includes(one));
      if (unknown.length > 0) report(`Not compared with ${unknown.join(" and ")}: nothing is on record of it.`, urn);
    }),
  };
}

const recorded = {
  id: "secrets-recorded",
  description: "Keeps fingerprints of this environment's secrets, for the others to compare with.",
  severity: "low",
} as const;

/** Keeps this environment's record, after an update. */
export function recordSecrets(memory: Memory, urn: string, report: ReportViolation): void {
  if (pulumi.runtime.isDryRun()) return;
  try {
    memory.surroundings(urn).secretRecords?.write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const said = `Nothing was recorded: the folder of records can't be written to (${code}).`;
    reporter(recorded, urn, report)(said, "advisory");
  }
}
