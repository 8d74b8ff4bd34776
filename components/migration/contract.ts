import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../core/cluster/cluster.ts";
import { areHooksHere } from "../areHooksHere.ts";
import type { Member } from "../environment/member.ts";
import { inHook } from "../inHook.ts";
import { noteContraction } from "../rollout/history.ts";
import type { MigrationArgs } from "./args.ts";
import { atWork, imagesOf } from "./ownPods.ts";
import { refuseSharers } from "./sharers.ts";

/**
 * A hook before the Job of a contraction is made, which refuses it while a pod lives that may need what it takes away, and
 * notes it, so that nothing older comes back; none where the migration is no contraction, or nobody could ask the cluster.
 */
export function guardContract(
  { name, namespace }: Member,
  phase: string,
  {
    app,
    image,
    needs,
    secrets,
    environment: { cluster },
  }: Pick<MigrationArgs, "app" | "image" | "needs" | "secrets" | "environment">,
): pulumi.ResourceHook[] {
  if (phase !== "contract" || !cluster || !areHooksHere()) return [];
  const guard = async () => {
    const reached = new Cluster({ ...cluster, namespace: await inHook(namespace) });
    const own = await inHook(image);
    await refuseServed(reached, app, own);
    const used = await inHook(Object.values(secrets).map((secret) => secret.name));
    await refuseSharers(reached, { app, image: own, needs, secrets: used });
    await noteContraction(reached, app, own);
  };
  return [new pulumi.ResourceHook(`${name}: takes nothing from who serves`, guard)];
}

/** Refuses a contraction, with the pod's name, while one of the app or of its image runs another version than this image. */
export async function refuseServed(cluster: Cluster, app: string, image: string): Promise<void> {
  const older = (await atWork(cluster)).flatMap((pod) => {
    const [other, ...rest] = imagesOf(pod, app, image);
    if (!other || [other, ...rest].includes(image)) return [];
    return [{ pod: pod.metadata.name, image: other }];
  });
  const [first, ...more] = older;
  if (!first) return;
  const others = more.length > 0 ? `, and ${more.length} more like it` : "";
  throw new Error(
    `the contraction takes away what older versions use, and pod ${first.pod} runs ${first.image}${others}: ` +
      `release ${image} without it first, and contract by an update of its own`,
  );
}
