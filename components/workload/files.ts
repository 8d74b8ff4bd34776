import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import type { Wiring } from "../wiring.ts";
import type { WorkloadArgs } from "./args.ts";
import { flagFiles } from "./flags.ts";

/** What the pods mount and who they are. */
export interface Files {
  serviceAccount: pulumi.Input<string>;
  /** Name of the ConfigMap with the variables: a new name rolls the pods. */
  variables: pulumi.Input<string>;
  /** Name of the ConfigMap with the flags: its content changes in place. */
  flags: pulumi.Input<string>;
}

export function declareFiles(
  me: Member,
  { existing, ...args }: Pick<WorkloadArgs, "featureFlags" | "flagShares" | "existing">,
  { variables }: Wiring,
  opts: pulumi.CustomResourceOptions,
): Files {
  const { name } = me;
  const flags = new k8s.core.v1.ConfigMap(
    `${name}-flags`,
    { metadata: me.metadata(`${name}-flags`), data: flagFiles(args) },
    opts,
  );
  return {
    flags: flags.metadata.name,
    serviceAccount: existing?.serviceAccount ?? ownAccount(me, opts),
    variables: frozenConfigMap(`${name}-variables`, me, variables, opts),
  };
}

function ownAccount(me: Member, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  return new k8s.core.v1.ServiceAccount(
    `${me.name}-account`,
    { metadata: me.metadata(me.name), automountServiceAccountToken: false },
    opts,
  ).metadata.name;
}
