import { kubectl } from "../kubectl.ts";
import type { Machine } from "../machine.ts";

export interface Pod {
  namespace: string;
  name: string;
  uid: string;
  /** Ids of its containers, without the one that holds its network. */
  containers: string[];
}

/** The pods with these labels that serve, oldest first: not those that are on their way out. */
export async function servingPods(machine: Machine, namespace: string, labels: string): Promise<Pod[]> {
  const json = await kubectl(machine, "get", "pods", "-n", namespace, "-l", labels, "-o", "json");
  const { items } = JSON.parse(json) as { items: KubernetesPod[] };
  return items
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .filter(({ status }) => status.conditions?.some(({ type, status }) => type === "Ready" && status === "True"))
    .sort((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp))
    .map(({ metadata: { name, uid }, status: { containerStatuses = [] } }) => {
      const containers = containerStatuses.map(({ containerID }) => containerID.replace("containerd://", ""));
      return { namespace, name, uid, containers };
    });
}

interface KubernetesPod {
  metadata: { name: string; uid: string; creationTimestamp: string; deletionTimestamp?: string };
  status: { conditions?: { type: string; status: string }[]; containerStatuses?: { containerID: string }[] };
}
