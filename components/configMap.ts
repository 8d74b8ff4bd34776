import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { contentHash } from "../core/contentHash.ts";
import type { Member } from "./environment/member.ts";

/**
 * A ConfigMap named by its content: what refers to it rolls when it changes, and whatever still runs on the old content
 * keeps it.
 */
export function configMapByContent(
  role: string,
  { name, metadata }: Member,
  data: pulumi.Input<Record<string, pulumi.Input<string>>>,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const hash = pulumi.output(data).apply(contentHash);
  const configMap = new k8s.core.v1.ConfigMap(
    `${name}-${role}`,
    { metadata: metadata(pulumi.interpolate`${name}-${role}-${hash}`), data, immutable: true },
    opts,
  );
  return configMap.metadata.name;
}
