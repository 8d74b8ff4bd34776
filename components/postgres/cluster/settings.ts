import type { Profile } from "../../../core/profile.ts";
import { poolerName } from "../pooler/settings.ts";
import type { PostgresArchiveArgs, PostgresClusterArgs, PostgresOperatorArgs } from "./args.ts";

/** What a cluster is, with its defaults. */
export interface ClusterSettings {
  instances: number;
  synchronous: number;
  user: number;
  archive?: Required<PostgresArchiveArgs>;
  operator: Required<PostgresOperatorArgs>;
}

/** Completed from the environment's profile: where one replica of an app is enough, so is one server. */
export function clusterSettings(args: PostgresClusterArgs, { replicas }: Profile): ClusterSettings {
  const instances = args.instances ?? (replicas.min > 1 ? 3 : 1);
  const { operator = {}, archive } = args;
  return {
    instances,
    synchronous: args.synchronous ?? (instances > 2 ? 1 : 0),
    user: args.user ?? 26,
    archive: archive && {
      to: archive.to,
      schedule: archive.schedule ?? "0 2 * * *",
      keepDays: archive.keepDays ?? 30,
      encryption: archive.encryption ?? "AES256",
    },
    operator: {
      namespace: operator.namespace ?? "cnpg-system",
      apiServerCidrs: operator.apiServerCidrs ?? ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
      apiServerPorts: operator.apiServerPorts ?? [443, 6443],
    },
  };
}

/** Ports on which an instance tells the operator how it is, and Prometheus what it does. */
export const ports = { status: 8000, metrics: 9187, poolerMetrics: 9127 } as const;

/** The names of the Services that the operator makes, and of the pooler's. */
export function serviceNames(name: string) {
  return { primary: `${name}-rw`, replicas: `${name}-ro`, any: `${name}-r`, pooler: poolerName(name) };
}

/** Labels by which the operator's pods are found: the servers; those of the cluster with its Jobs and poolers; the poolers. */
export function podsOf(name: string) {
  const cluster = { "cnpg.io/cluster": name };
  return {
    servers: { ...cluster, "cnpg.io/podRole": "instance" },
    all: cluster,
    poolers: { "cnpg.io/poolerName": poolerName(name) },
  };
}
