import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../environment/member.ts";
import { operated } from "../../prometheus/operated.ts";
import { prometheusSettings } from "../../prometheus/settings.ts";
import { podMonitorSpec } from "../../slo/monitors.ts";
import type { PostgresArgs } from "../args.ts";
import type { Mounted } from "../statefulSet.ts";
import { bootstrapOf, declareArchive, declareSchedule } from "./archive.ts";
import type { PostgresClusterArgs } from "./args.ts";
import { clusterHooks } from "./hooks.ts";
import { type Declare, declareKind } from "./kinds.ts";
import { declareNetwork } from "./network.ts";
import { clusterSettings, podsOf, serviceNames } from "./settings.ts";
import { clusterAnnotations, clusterSpec } from "./spec.ts";

/** Minutes that the operator may take for its servers, and for a whole archive. */
const minutes = { made: 30, restored: 24 * 60 };

/** Declares the servers and all that is around them; what it returns is known once they answer. */
export function declareCluster(
  me: Member,
  args: PostgresArgs,
  cluster: PostgresClusterArgs,
  mounted: Mounted,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { name, profile } = me;
  const { archive } = clusterSettings(cluster, profile);
  const declare = { me, opts };
  declareNetwork(declare, args, cluster);
  const more = { ...bootstrapOf(declare, cluster), ...(archive ? declareArchive(declare, archive) : {}) };
  const spec = clusterSpec(me, args, cluster, mounted, more);
  const timeout = `${cluster.restore ? minutes.restored : minutes.made}m`;
  const own = {
    ...opts,
    protect: profile.deletionProtection,
    hooks: clusterHooks(`Postgres ${name}`, name),
    customTimeouts: { create: timeout, update: timeout },
  };
  const servers = declareKind("Cluster", name, { me, opts: own }, spec, clusterAnnotations(me, cluster));
  const after = { me, opts: { ...opts, dependsOn: servers } };
  if (archive) declareSchedule(after, archive);
  if (profile.monitoring === "required") declareMonitors(declare, args);
  return servers.id.apply(() => name);
}

/** Has Prometheus read what the servers and their pooler tell. */
function declareMonitors({ me, opts }: Declare, { environment, pooler }: PostgresArgs): void {
  const { labels } = prometheusSettings(environment);
  const pods = podsOf(me.name);
  const monitor = (name: string, matchLabels: Record<string, string>) =>
    operated("PodMonitor", `${name}-monitor`, me, { labels, spec: podMonitorSpec(matchLabels) }, opts);
  monitor(me.name, pods.servers);
  if (pooler) monitor(serviceNames(me.name).pooler, pods.poolers);
}
