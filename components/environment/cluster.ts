import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../core/cluster/cluster.ts";
import type { ClusterArgs, EnvironmentRef } from "./args.ts";

/**
 * The caller's options, with a provider for the named cluster where they bring none. It is declared before the
 * component, since a component hands its children only the providers that it was itself given.
 */
export function withCluster(
  name: string,
  args: ClusterArgs,
  opts: pulumi.ComponentResourceOptions,
): pulumi.ComponentResourceOptions {
  if (opts.provider || opts.providers) return opts;
  const provider = new k8s.Provider(`${name}-cluster`, { ...named(args), enableConfigMapMutable: true });
  return { ...opts, providers: [provider] };
}

/** The namespace in its cluster, for what a component does there itself, in a hook: nothing is asked before. */
export function reach({ cluster = {}, namespace }: EnvironmentRef): () => Promise<Cluster> {
  const selection = named(cluster);
  return async () => new Cluster({ ...selection, namespace: await known(namespace) });
}

function known(namespace: pulumi.Input<string>): Promise<string> {
  return new Promise((resolve) => void pulumi.output(namespace).apply(resolve));
}

function named(args: ClusterArgs): ClusterArgs & { context: string } {
  const config = new pulumi.Config("palier");
  const context = args.context ?? config.get("context");
  if (context) return { context, kubeconfig: args.kubeconfig ?? config.get("kubeconfig") };
  throw new pulumi.RunError(
    `palier:context is not set: Palier never touches a cluster that was not named. ` +
      `Set it to a context of your kubeconfig: pulumi config set palier:context NAME (kubectl config get-contexts lists them)`,
  );
}
