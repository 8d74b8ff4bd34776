import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import type { Wiring } from "../wiring.ts";
import { flagsFile, flagsJson } from "./flags.ts";

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
  featureFlags: { [flag: string]: boolean },
  { variables }: Wiring,
  opts: pulumi.CustomResourceOptions,
): Files {
  const { name } = me;
  const flags = new k8s.core.v1.ConfigMap(
    `${name}-flags`,
    { metadata: me.metadata(`${name}-flags`), data: { [flagsFile]: flagsJson(featureFlags) } },
    opts,
  );
  const account = new k8s.core.v1.ServiceAccount(
    `${name}-account`,
    { metadata: me.metadata(name), automountServiceAccountToken: false },
    opts,
  );
  return {
    flags: flags.metadata.name,
    serviceAccount: account.metadata.name,
    variables: frozenConfigMap(`${name}-variables`, me, variables, opts),
  };
}
