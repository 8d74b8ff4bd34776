import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentArgs } from "./args.ts";
import type { ClusterArgs } from "./clusterArgs.ts";

/**
 * The caller's options, with a provider for the named cluster where they bring none. It is declared before the
 * component, since a component hands its children only the providers that it was itself given.
 */
export function withCluster(
  name: string,
  args: EnvironmentArgs,
  opts: pulumi.ComponentResourceOptions,
): pulumi.ComponentResourceOptions {
  if (opts.provider || opts.providers) return opts;
  const config = new pulumi.Config("palier");
  const context = args.context ?? config.get("context");
  if (!context) {
    throw new pulumi.RunError(
      `palier:context is not set: Palier never touches a cluster that was not named. ` +
        `Set it to a context of your kubeconfig: pulumi config set palier:context NAME (kubectl config get-contexts lists them)`,
    );
  }
  const provider = new k8s.Provider(`${name}-cluster`, {
    context,
    kubeconfig: args.kubeconfig ?? config.get("kubeconfig"),
    enableConfigMapMutable: true,
  });
  return { ...opts, providers: [provider] };
}

/** The same cluster, for who asks it beside the engine; undefined where the caller's own provider says which one it is. */
export function clusterOf(args: EnvironmentArgs, opts: pulumi.ComponentResourceOptions): ClusterArgs | undefined {
  if (opts.provider || opts.providers) return undefined;
  const config = new pulumi.Config("palier");
  const context = args.context ?? config.get("context");
  const kubeconfig = args.kubeconfig ?? config.get("kubeconfig");
  return context ? { context, ...(kubeconfig ? { kubeconfig } : {}) } : undefined;
}
