import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PriorityClassArgs } from "./args.ts";

/** The class's name, once it is there. The whole cluster has it, so it is made only where its value is given. */
export function declarePriorityClass(
  system: string,
  { name, value }: PriorityClassArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  if (value === undefined) return pulumi.output(name);
  const labels = { "app.kubernetes.io/part-of": system, "app.kubernetes.io/managed-by": "palier" };
  const made = new k8s.scheduling.v1.PriorityClass(
    `${system}-priority`,
    { metadata: { name, labels }, value, description: `Pods of ${system}` },
    opts,
  );
  return made.metadata.name;
}
