import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { Secrets } from "../secrets/secrets.ts";
import type { Wiring } from "../wiring.ts";
import type { WorkloadArgs } from "./args.ts";
import { flagVariables } from "./flags.ts";
import type { Linked } from "./links.ts";

/** Everything the containers are given from outside. */
export function wired(
  { name, stage, profile }: Member,
  args: WorkloadArgs,
  linked: Linked,
  opts: pulumi.ComponentResourceOptions,
  own: { [variable: string]: string } = {},
): Wiring {
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
      ...flagVariables(args.featureFlags),
      ...linked.variables,
      ...args.variables,
    },
    secrets: { ...linked.app, ...secrets?.keys },
    authorities: linked.authorities,
  };
}
