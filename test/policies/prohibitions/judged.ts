import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { policiesFor } from "../../../policies/adapter/policies.ts";
import { profiles } from "../../../policies/profiles/index.ts";
import { release } from "../../../policies/release/index.ts";
import { rules } from "../../../policies/themes.ts";
import type { Declared } from "../../declared.ts";
import { configuredOf, type SystemName, system } from "../../systems.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Deviation, deviated } from "./deviation.ts";
import { ciMarks, clock, writeRecords } from "./records.ts";

const programs = new Map<string, Promise<Declared[]>>();

/** What a system declares; a program takes longer than all rules. */
function declaredBy(name: SystemName, stack: string, config: object): Promise<Declared[]> {
  const key = JSON.stringify([name, stack, config]);
  const known = programs.get(key) ?? system(name, stack, { ...config });
  programs.set(key, known);
  return known;
}

/** Which rules refuse such a stack at `up`, with every value known. Throws what a component refuses by itself. */
export async function refusedBy(deviation: Deviation, name: SystemName = "avnir"): Promise<string[]> {
  const { stack = "production", config = {}, set = {} } = deviation;
  const resources = deviated(await declaredBy(name, stack, config), deviation);
  const records = temporaryFolder("records");
  writeRecords(records, deviation, name);
  pulumi.runtime.setAllConfig(configuredOf(name, stack, { ...config, "palier:records": records }));
  Object.assign(process.env, ciMarks(deviation));
  const refused = new Set<string>();
  const report = (found: string | { name: string; enforcementLevel?: string }) => {
    if (typeof found !== "string" && found.enforcementLevel !== "advisory") refused.add(found.name);
  };
  await judge({ project: name, stack }, resources, set, clock(deviation), report);
  return [...refused];
}

async function judge(
  { project, stack }: { project: string; stack: string },
  resources: Declared[],
  set: object,
  now: Date,
  report: unknown,
): Promise<void> {
  const pack = policiesFor({ rules, release, profiles }, () => now);
  const getConfig = () => set;
  for (const { type, name, inputs } of resources) {
    const urn = `urn:pulumi:${stack}::${project}::${type}::${name}`;
    const args = { type, name, urn, props: inputs, opts: {}, getConfig } as unknown as ResourceValidationArgs;
    for (const policy of pack) {
      if (!("validateResource" in policy)) continue;
      for (const validate of [policy.validateResource ?? []].flat()) await validate(args, report as never);
    }
  }
  for (const policy of pack) {
    const args = { resources: [], getConfig } as unknown as StackValidationArgs;
    if ("validateStack" in policy) await policy.validateStack(args, report as never);
  }
}
