import type { types } from "@pulumi/kubernetes";
import type { Member } from "./environment/member.ts";

/**
 * The one pod of a store, with a volume `data` that outlives it; without `storage`, what it keeps goes with the pod. Where the
 * environment protects its data, the volume outlives the store too.
 */
export function storePod(
  { name, labels, selector, profile }: Member,
  spec: types.input.core.v1.PodSpec,
  storage: string | undefined,
): types.input.apps.v1.StatefulSetSpec {
  const claim = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: storage! } } };
  return {
    serviceName: name,
    replicas: 1,
    // In order, a pod that never gets ready would bar the one that mends it.
    podManagementPolicy: "Parallel",
    selector: { matchLabels: selector },
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: profile.deletionProtection ? "Retain" : "Delete",
      whenScaled: "Retain",
    },
    template: { metadata: { labels }, spec },
    volumeClaimTemplates: storage ? [{ metadata: { name: "data", labels: selector }, spec: claim }] : [],
  };
}
