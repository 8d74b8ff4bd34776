import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "./environment/member.ts";

type Content = pulumi.Input<Record<string, pulumi.Input<string>>>;

/**
 * A ConfigMap that is made anew when its content changes, under a name that never comes back: what refers to it rolls,
 * and what still runs on the old content keeps it. Returns its name.
 */
export function frozenConfigMap(
  name: string,
  { metadata }: Member,
  data: Content,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  return new k8s.core.v1.ConfigMap(name, { metadata: metadata(), data, immutable: true }, opts).metadata.name;
}

/** The same for a Secret. */
export function frozenSecret(
  name: string,
  { metadata }: Member,
  stringData: Content,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  return new k8s.core.v1.Secret(name, { metadata: metadata(), stringData, immutable: true }, opts).metadata.name;
}
