import * as pulumi from "@pulumi/pulumi";
import { Cluster, type Live } from "../../core/cluster/cluster.ts";
import { areHooksHere } from "../areHooksHere.ts";
import type { Member } from "../environment/member.ts";
import { inHook } from "../inHook.ts";
import type { MigrationArgs } from "./args.ts";

/**
 * A hook before the Job of a contraction is made, which refuses it while a pod of another version lives; none where the
 * migration is no contraction, or nobody could ask the cluster.
 */
export function guardContract(
  { name, namespace }: Member,
  phase: string,
  { app, image, environment: { cluster } }: Pick<MigrationArgs, "app" | "image" | "environment">,
): pulumi.ResourceHook[] {
  if (phase !== "contract" || !cluster || !areHooksHere()) return [];
  const guard = async () => {
    const reached = new Cluster({ ...cluster, namespace: await inHook(namespace) });
    await refuseServed(reached, app, await inHook(image));
  };
  return [new pulumi.ResourceHook(`${name}: takes nothing from who serves`, guard)];
}

/** Refuses a contraction, with the pod's name, while one of the app or of its image runs another version than this image. */
export async function refuseServed(cluster: Cluster, app: string, image: string): Promise<void> {
  const older = (await cluster.list("Pod")).flatMap((pod) => {
    const other = isAtWork(pod) && otherVersion(pod, app, image);
    return other ? [{ pod: pod.metadata.name, image: other }] : [];
  });
  const [first, ...more] = older;
  if (!first) return;
  const others = more.length > 0 ? `, and ${more.length} more like it` : "";
  throw new Error(
    `the contraction takes away what older versions use, and pod ${first.pod} runs ${first.image}${others}: ` +
      `release ${image} without it first, and contract by an update of its own`,
  );
}

/** One that ends may still answer its last requests. */
function isAtWork({ status }: Live): boolean {
  return !["Succeeded", "Failed"].includes(status?.phase);
}

/** The image of a container that is of this app, or of its image, and of another version. */
function otherVersion({ metadata, spec }: Live, app: string, image: string): string | undefined {
  const labels = metadata.labels ?? {};
  const isApp = labels["app.kubernetes.io/name"] === app && labels["app.kubernetes.io/component"] === "app";
  const images: string[] = (spec?.containers ?? []).map((container: { image: string }) => container.image);
  const same = images.filter((one) => isApp || repository(one) === repository(image));
  return same.includes(image) ? undefined : same[0];
}

/** `registry.example:5000/api` of `registry.example:5000/api:1@sha256:…`. */
function repository(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}
