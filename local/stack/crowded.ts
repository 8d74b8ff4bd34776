import { amount } from "../../core/quantity.ts";
import { type KubeTarget, kubectl } from "./kubectl.ts";

interface Container {
  resources?: { requests?: Record<string, string> };
}

export interface Pod {
  metadata: { name: string; namespace: string };
  spec: { nodeName?: string; containers: Container[] };
  status: { phase?: string; conditions?: { type: string; status: string; reason?: string; message?: string }[] };
}

/** What a pod of this namespace waits for that no node has room for, and who has the processor; undefined where none waits so. */
export async function askCrowded(target: KubeTarget, namespace: string): Promise<string | undefined> {
  const found = await kubectl(target, "get", "pods", "--all-namespaces", "--output", "json");
  return describeCrowded((JSON.parse(found) as { items: Pod[] }).items, namespace);
}

export function describeCrowded(pods: Pod[], namespace: string): string | undefined {
  const waiting = pods.find((pod) => pod.metadata.namespace === namespace && unplaced(pod) !== undefined);
  if (waiting === undefined) return undefined;
  const shares = [...asked(pods)].sort(([, a], [, b]) => b - a).map(([name, cores]) => `${name} ${inMilli(cores)}`);
  const taken = shares.length > 0 ? ` Asked for so far: ${shares.join(", ")}.` : "";
  const next = "It goes on by itself once another environment has made room, by `pulumi destroy --stack` with its name";
  return `pod ${waiting.metadata.name} asks for ${inMilli(asks(waiting))} of a processor and has no place: ${unplaced(waiting)}${taken} ${next}`;
}

/** Why the scheduler has no node for it. */
function unplaced({ status }: Pod): string | undefined {
  const placed = status.conditions?.find(({ type }) => type === "PodScheduled");
  return placed?.status === "False" && placed.reason === "Unschedulable" ? (placed.message ?? "") : undefined;
}

/** Processors that the pods on nodes ask for, by namespace. */
function asked(pods: Pod[]): Map<string, number> {
  const all = new Map<string, number>();
  for (const pod of pods) {
    const isPlaced = pod.spec.nodeName && pod.status.phase !== "Succeeded" && pod.status.phase !== "Failed";
    if (!isPlaced || asks(pod) === 0) continue;
    all.set(pod.metadata.namespace, (all.get(pod.metadata.namespace) ?? 0) + asks(pod));
  }
  return all;
}

const asks = ({ spec }: Pod) =>
  spec.containers.reduce((sum, { resources }) => sum + (amount(resources?.requests?.["cpu"] ?? "0") ?? 0), 0);

const inMilli = (cores: number) => `${Math.round(cores * 1000)}m`;
