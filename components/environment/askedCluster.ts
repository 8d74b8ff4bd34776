import { ArgumentError } from "../argument.ts";
import type { EnvironmentRef } from "./args.ts";
import type { ClusterArgs } from "./clusterArgs.ts";

const unnamed =
  "it asks the cluster beside the engine, and the environment names none; give environment.cluster the context that the provider has, or leave the provider to Environment and set palier:context";

/**
 * The cluster that is asked beside the engine because of an argument.
 *
 * @param path That argument.
 */
export function askedCluster(path: string, { cluster }: EnvironmentRef): ClusterArgs {
  if (!cluster) throw new ArgumentError(path, unnamed);
  return cluster;
}
