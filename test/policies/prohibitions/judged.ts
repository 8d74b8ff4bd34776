import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { policiesFor } from "../../../policies/adapter/policies.ts";
import { profiles } from "../../../policies/profiles/index.ts";
import { release } from "../../../policies/release/index.ts";
import { rules } from "../../../policies/themes.ts";
import { avnir } from "../../avnir.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Deviation, deviate } from "./deviation.ts";
import { ciMarks, clock, writeRecords } from "./records.ts";

type Report = (found: string | { name: string; enforcementLevel?: string }) => void;

/** Which rules refuse such a stack at `up`, with every value known. Throws what a component refuses by itself. */
export async function refusedBy(deviation: Deviation): Promise<string[]> {
  const { stack = "production", config = {}, set = {} } = deviation;
  const records = temporaryFolder("records");
  writeRecords(records, deviation);
  const declared = await avnir(stack, { "palier:records": records, ...config }, () => deviate(deviation));
  const refused = new Set<string>();
  const report: Report = (found) => {
    if (typeof found === "string" || found.enforcementLevel === "advisory") return;
    refused.add(found.name);
  };
  Object.assign(process.env, ciMarks(deviation));
  const now = clock(deviation);
  const pack = policiesFor({ rules, release, profiles }, () => now);
  for (const { type, name, inputs } of declared) {
    const urn = `urn:pulumi:${stack}::avnir::${type}::${name}`;
    const args = { type, name, urn, props: inputs, opts: {}, getConfig: () => set };
    for (const policy of pack) {
      if (!("validateResource" in policy) || policy.name === "exemptions") continue;
      for (const validate of [policy.validateResource ?? []].flat())
        await validate(args as unknown as ResourceValidationArgs, report as never);
    }
  }
  for (const policy of pack) {
    if ("validateStack" in policy)
      await policy.validateStack(
        { resources: [], getConfig: () => set } as unknown as StackValidationArgs,
        report as never,
      );
  }
  return [...refused];
}
