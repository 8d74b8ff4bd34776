import type * as pulumi from "@pulumi/pulumi";
import { poolVariable } from "../../core/poolVariable.ts";
import type { Member } from "../environment/member.ts";
import { Secrets } from "../secrets/secrets.ts";
import type { Wiring } from "../wiring.ts";
import type { WorkloadArgs } from "./args.ts";
import { flagVariables } from "./flags.ts";
import type { Linked } from "./links.ts";
import { telemetryVariables } from "./telemetry.ts";

/** Everything the containers are given from outside. */
export function wired(
  me: Member,
  args: WorkloadArgs,
  linked: Linked,
  opts: pulumi.ComponentResourceOptions,
  own: { [variable: string]: string } = {},
): Wiring {
  const { name, stage, profile } = me;
  const values = args.secrets ?? {};
  const keys = Object.keys(values);
  const secrets = keys.length
    ? new Secrets(`${name}-secrets`, { environment: args.environment, values }, opts)
    : undefined;
  return {
    variables: {
      ...own,
      NODE_ENV: stage === "dev" || stage === "review" ? "development" : "production",
      ENVIRONMENT: stage,
      SERVICE_NAME: name,
      LOG_LEVEL: profile.logLevel,
      ...flagVariables(args),
      ...withoutKeys(linked.variables, keys),
      ...pools(args.pools ?? {}),
      ...telemetryVariables(me, args),
      ...args.variables,
    },
    secrets: { ...linked.app, ...secrets?.keys },
    authorities: linked.authorities,
  };
}

/** An address outside may need credentials: then a secret of the same variable holds it. */
function withoutKeys<Value>(variables: { [name: string]: Value }, keys: readonly string[]): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !keys.includes(name)));
}

function pools(sizes: { [variable: string]: number }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(sizes).map(([variable, size]) => [poolVariable(variable), String(size)]));
}
