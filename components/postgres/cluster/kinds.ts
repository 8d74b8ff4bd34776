import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../environment/member.ts";
import { refuseBad } from "../../refuse.ts";

/** Kinds of CloudNativePG and of its plugin. */
const versions = {
  Cluster: "postgresql.cnpg.io/v1",
  Pooler: "postgresql.cnpg.io/v1",
  ScheduledBackup: "postgresql.cnpg.io/v1",
  ObjectStore: "barmancloud.cnpg.io/v1",
} as const;

/** Whose objects they are, and in which order they come. */
export interface Declare {
  me: Member;
  opts: pulumi.CustomResourceOptions;
}

/** Declares one by its own name. Where the cluster lacks these kinds, the update ends here, before any app's pod is changed. */
export function declareKind(
  kind: keyof typeof versions,
  name: string,
  { me, opts }: Declare,
  spec: pulumi.Input<object>,
  annotations?: { [annotation: string]: string },
): k8s.apiextensions.CustomResource {
  const metadata = { ...me.metadata(name), ...(annotations ? { annotations } : {}) };
  const args = { apiVersion: versions[kind], kind, metadata, spec };
  refuseBad(me, [{ kind, args }]);
  return new k8s.apiextensions.CustomResource(name, args, opts);
}
