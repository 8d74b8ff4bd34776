import * as pulumi from "@pulumi/pulumi";
import { profiles } from "../../core/profile.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Member } from "../environment/member.ts";

const said = new WeakSet<EnvironmentRef>();

/** Whether an environment is watched by nothing, which is then said, once for all that it has. */
export function isSkipped(environment: EnvironmentRef, { system, stage, profile }: Member): boolean {
  if (profile.monitoring === "required") return false;
  if (said.has(environment)) return true;
  said.add(environment);
  const expected = profiles[stage].monitoring === "skip";
  const text =
    `${system} ${stage} is watched by nothing: monitoring is "skip"` +
    `${expected ? " there" : ""}, so no rule, monitor, probe or dashboard is declared. ` +
    "With the Prometheus operator in the cluster: pulumi config set palier:monitoring required";
  void (expected ? pulumi.log.info(text) : pulumi.log.warn(text));
  return true;
}
