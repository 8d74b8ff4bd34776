import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../environment/member.ts";
import { requirements } from "../../resources.ts";
import { hosts, spreadOver } from "../../spread.ts";
import type { PostgresArgs } from "../args.ts";
import { capacity } from "../capacity.ts";
import type { Mounted } from "../statefulSet.ts";
import type { PostgresClusterArgs } from "./args.ts";
import { clusterParameters } from "./parameters.ts";
import { clusterSettings, podsOf } from "./settings.ts";

/** Over the network only encrypted and by password: without the last line the operator would let those in clear in too. */
const hostBasedAccess = ["hostssl all all all scram-sha-256", "host all all all reject"];

/** Seconds for which a server that ends waits for its clients to leave by themselves: an app's pool never does. */
const patience = 2;

/** The operator's Cluster. @param more What it begins with and where it is archived. */
export function clusterSpec(
  me: Member,
  args: PostgresArgs,
  cluster: PostgresClusterArgs,
  mounted: Mounted,
  more: object,
): pulumi.Inputs {
  const { storage, resources: size, connections } = capacity(args, me.profile);
  const { instances, user } = clusterSettings(cluster, me.profile);
  const { secret: name } = mounted;
  const wal = cluster.walStorage ?? storage;
  return {
    instances,
    imageName: args.image,
    postgresUID: user,
    postgresGID: user,
    inheritedMetadata: { labels: me.labels },
    storage: { size: storage, resizeInUseVolumes: true },
    ...(cluster.walStorage ? { walStorage: { size: wal, resizeInUseVolumes: true } } : {}),
    resources: requirements(size),
    priorityClassName: me.priorityClassName,
    ...placement(me, instances),
    postgresql: {
      ...clusterParameters({ memory: size.memory, storage, connections }, wal, args.parameters),
      ...synchronousOf(me, cluster),
      pg_hba: hostBasedAccess,
    },
    certificates: { serverTLSSecret: name, serverCASecret: name },
    enableSuperuserAccess: true,
    superuserSecret: { name },
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: instances > 1 ? "switchover" : "restart",
    smartShutdownTimeout: patience,
    // A drained node waits for the primary to be led elsewhere; alone, it would wait for ever.
    enablePDB: instances > 1,
    seccompProfile: { type: "RuntimeDefault" },
    ...more,
  };
}

/** Apart where there are nodes enough. */
function placement({ name }: Member, instances: number): object {
  if (instances === 1) return {};
  return {
    affinity: { enablePodAntiAffinity: true, podAntiAffinityType: "preferred", topologyKey: hosts[0] },
    topologySpreadConstraints: spreadOver(["topology.kubernetes.io/zone"], podsOf(name).servers),
  };
}

/** How many have a commit before it is acknowledged: any of them, and where they are not there, nobody is told that it is done. */
function synchronousOf({ profile }: Member, cluster: PostgresClusterArgs): object {
  const { synchronous } = clusterSettings(cluster, profile);
  if (synchronous === 0) return {};
  return { synchronous: { method: "any", number: synchronous, dataDurability: "required" } };
}

/** Nobody takes over who may lack what was acknowledged. */
export function clusterAnnotations(
  { profile }: Member,
  cluster: PostgresClusterArgs,
): { [annotation: string]: string } {
  const { instances, synchronous } = clusterSettings(cluster, profile);
  return {
    "pulumi.com/waitFor": "condition=Ready",
    // What is deleted after all leaves its volumes, which a cluster of the same name takes up again.
    ...(profile.deletionProtection ? { "pulumi.com/deletionPropagationPolicy": "orphan" } : {}),
    ...(synchronous > 0 && instances > 2 ? { "alpha.cnpg.io/failoverQuorum": "true" } : {}),
  };
}
