import type { types } from "@pulumi/kubernetes";
import * as k8s from "@pulumi/kubernetes";
import type { BackupStoreArgs } from "../../backup/args.ts";
import type { EnvironmentRef } from "../../environment/args.ts";
import { rangesOf } from "../../outside/ranges.ts";
import { prometheusSettings } from "../../prometheus/settings.ts";
import { fromNamespace, into, outOf } from "../../workload/network.ts";
import type { PostgresArgs } from "../args.ts";
import { port } from "../settings.ts";
import type { PostgresClusterArgs } from "./args.ts";
import type { Declare } from "./kinds.ts";
import { type ClusterSettings, clusterSettings, podsOf, ports } from "./settings.ts";

type Spec = types.input.networking.v1.NetworkPolicySpec;

/** The servers reach each other, the cluster's API and their archive; in come the operator, the pooler, Prometheus, and nobody else. */
export function declareNetwork(declare: Declare, args: PostgresArgs, cluster: PostgresClusterArgs): void {
  const { me, opts } = declare;
  const { environment, pooler } = args;
  const settings = clusterSettings(cluster, me.profile);
  const policies = {
    ...ofServers(me.name, settings),
    ...(pooler ? ofPooler(me.name, settings) : {}),
    ...(me.profile.monitoring === "required" ? ofPrometheus(me.name, environment, pooler !== undefined) : {}),
    ...toStore(me.name, "archive", cluster.archive?.to),
    ...toStore(me.name, "restored", cluster.restore?.from),
  };
  for (const [role, spec] of Object.entries(policies)) {
    const name = `${me.name}-${role}`;
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  }
}

function ofServers(name: string, { operator }: ClusterSettings): { [role: string]: Spec } {
  const [servers, all] = selectors(name);
  const peers = [{ podSelector: all }];
  return {
    "peers-out": outOf(all, [{ podSelector: servers }], port),
    "peers-in": into(servers, peers, port),
    "peers-status-out": outOf(all, [{ podSelector: servers }], ports.status),
    "operator-in": into(servers, [...fromNamespace(operator.namespace), ...peers], ports.status),
    "api-out": toApi(all, operator),
  };
}

/** A pooler's pods learn from the API server too what they are to do. */
function ofPooler(name: string, { operator }: ClusterSettings): { [role: string]: Spec } {
  const [servers, , poolers] = selectors(name);
  return {
    "pooler-out": outOf(poolers, [{ podSelector: servers }], port),
    "pooler-in": into(servers, [{ podSelector: poolers }], port),
    "pooler-api-out": toApi(poolers, operator),
  };
}

function ofPrometheus(name: string, environment: EnvironmentRef, pooled: boolean): { [role: string]: Spec } {
  const from = fromNamespace(prometheusSettings(environment).namespace);
  const [servers, , poolers] = selectors(name);
  return {
    "metrics-in": into(servers, from, ports.metrics),
    ...(pooled ? { "pooler-metrics-in": into(poolers, from, ports.poolerMetrics) } : {}),
  };
}

/** To the store, and into it where it is in the cluster. */
function toStore(name: string, role: string, store: BackupStoreArgs | undefined): { [role: string]: Spec } {
  if (!store) return {};
  const [, all] = selectors(name);
  const { outside, selector, port } = store.endpoint;
  if (outside) return { [`${role}-out`]: outOf(all, rangesOf(outside), port) };
  const target = { matchLabels: selector! };
  return {
    [`${role}-out`]: outOf(all, [{ podSelector: target }], port),
    [`${role}-in`]: into(target, [{ podSelector: all }], port),
  };
}

function toApi(podSelector: types.input.meta.v1.LabelSelector, operator: ClusterSettings["operator"]): Spec {
  const to = operator.apiServerCidrs.map((cidr) => ({ ipBlock: { cidr } }));
  return {
    podSelector,
    policyTypes: ["Egress"],
    egress: [{ to, ports: operator.apiServerPorts.map((port) => ({ protocol: "TCP", port })) }],
  };
}

function selectors(name: string) {
  const { servers, all, poolers } = podsOf(name);
  return [{ matchLabels: servers }, { matchLabels: all }, { matchLabels: poolers }] as const;
}
