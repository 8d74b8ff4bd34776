import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";

/** Kinds that the Prometheus operator brings, and the version that it has them in. */
const versions = {
  PrometheusRule: "v1",
  ServiceMonitor: "v1",
  PodMonitor: "v1",
  Probe: "v1",
  AlertmanagerConfig: "v1alpha1",
} as const;

/** Declares one, by its own name, with the labels by which this Prometheus finds it. */
export function operated(
  kind: keyof typeof versions,
  name: string,
  { metadata }: Member,
  { labels, spec }: { labels: Record<string, string>; spec: pulumi.Input<object> },
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource {
  const own = metadata(name);
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: `monitoring.coreos.com/${versions[kind]}`,
      kind,
      metadata: { ...own, labels: { ...labels, ...(own.labels as object) } },
      spec,
    },
    opts,
  );
}
