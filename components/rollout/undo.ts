import type * as pulumi from "@pulumi/pulumi";
import type { Cluster, Live, Wanted } from "../../core/cluster/cluster.ts";
import { inHook } from "../inHook.ts";
import { isReady } from "./pods.ts";
import type { Say } from "./say.ts";
import { shortDigest } from "./slot.ts";
import { troubleOf } from "./trouble.ts";

/** What the engine tells of an operation that failed. */
export type Failed = Pick<
  pulumi.ErrorHookArgs,
  "failedOperation" | "oldInputs" | "newInputs" | "oldOutputs" | "errors"
>;

/**
 * Applies again what ran before an update that failed, and waits until it is whole: the broken pods go, and what the engine
 * knows, which keeps the old inputs, is what there is. Never throws: the update has failed already, and stays so.
 */
export async function undo(cluster: Cluster, failed: Failed, waitSeconds: number, say: Say): Promise<void> {
  const old = (await inHook(failed.oldInputs ?? {})) as unknown as Wanted;
  const wanted = (await inHook(failed.newInputs ?? {})) as unknown as Wanted;
  const { name } = old.metadata;
  const change = `${name}: the rollout of ${imageOf(wanted)} failed`;
  try {
    const live = await cluster.get("Deployment", name);
    if (!live) return say.error(`${change}, and its Deployment is gone`);
    const why = await causeOf(cluster, live, failed.errors);
    const manager = String((await inHook(failed.oldOutputs ?? {}))["__fieldManager"] ?? "palier-release");
    await cluster.apply("Deployment", withReplicas(old, live, manager), manager, true);
    const whole = await untilWhole(cluster, name, waitSeconds);
    const end = whole ? `went back to ${imageOf(old)}, which is whole` : `is going back to ${imageOf(old)}`;
    say.error(`${change}, and it ${end}. Cause: ${why}`);
  } catch (error) {
    say.error(`${change}, and ${imageOf(old)} could not be put back: ${(error as Error).message}`);
  }
}

/** The count that an autoscaler has set stands: where the field is not ours it is left out, else it stays as it is. */
export function withReplicas({ spec, ...old }: Wanted, live: Live, manager: string): Wanted {
  const { replicas: _, ...rest } = spec as { replicas?: number };
  const ours = (live.metadata.managedFields ?? []).some(
    (entry) => entry.manager === manager && JSON.stringify(entry.fieldsV1 ?? {}).includes('"f:replicas"'),
  );
  return { ...old, spec: ours ? { ...rest, replicas: live["spec"].replicas } : rest };
}

function imageOf({ spec }: Wanted): string {
  // biome-ignore lint/suspicious/noExplicitAny: a Deployment's
  const image = (spec as any)?.template?.spec?.containers?.[0]?.image;
  return shortDigest(String(image));
}

async function causeOf(cluster: Cluster, live: Live, errors: string[] = []): Promise<string> {
  const labels = live["spec"].selector.matchLabels as Record<string, string>;
  const pods = await cluster.list("Pod", labels);
  const unready = pods.filter((pod) => !pod.metadata.deletionTimestamp && !isReady(pod));
  if (unready.length > 0) return troubleOf(cluster, unready);
  return errors[0]?.split("\n")[0] ?? "unknown";
}

async function untilWhole(cluster: Cluster, name: string, seconds: number): Promise<boolean> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const live = await cluster.get("Deployment", name);
    if (live && isWhole(live)) return true;
    await new Promise((done) => setTimeout(done, 500));
  }
  return false;
}

function isWhole({ metadata, spec, status = {} }: Live): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, observedGeneration = 0 } = status;
  const all = [replicas, updatedReplicas, availableReplicas].every((count) => count === spec.replicas);
  return observedGeneration >= (metadata.generation ?? 0) && all;
}
