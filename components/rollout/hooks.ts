import * as pulumi from "@pulumi/pulumi";
import { areHooksHere } from "../areHooksHere.ts";
import { inHook } from "../inHook.ts";
import { refuseCrowded } from "./fits.ts";
import { gate } from "./gate.ts";
import { note } from "./history.ts";
import { recover } from "./recover.ts";
import { clusterOf, type Release } from "./release.ts";
import { toEngine as say } from "./say.ts";
import { settle } from "./settle.ts";
import { clear, sweep, track } from "./sweep.ts";
import { ledOf } from "./traffic.ts";
import { undo } from "./undo.ts";

/** By the resource that carries them. They run in an update alone: never in a preview, and where nothing changes not at all. */
export interface ReleaseHooks {
  record?: pulumi.ResourceHookBinding;
  slot?: pulumi.ResourceHookBinding;
  /** The Service of the release alone. */
  service?: pulumi.ResourceHookBinding;
  traffic?: pulumi.ResourceHookBinding;
  route?: pulumi.ResourceHookBinding;
  history?: pulumi.ResourceHookBinding;
}

/**
 * What a release needs beside resources. None of it stands in a `beforeDelete`: then a plain `pulumi destroy` would refuse.
 * @param undone Whether a rollout in place that fails goes back by itself.
 */
export function releaseHooks(release: Release, undone: boolean): ReleaseHooks {
  if (!areHooksHere()) return {};
  const named = (role: string) => `${release.system}/${release.app}: ${role}`;
  const hook = (role: string, does: (args: pulumi.ResourceHookArgs) => Promise<void>) =>
    new pulumi.ResourceHook(named(role), does);
  const inCluster = async ({ newInputs }: Pick<pulumi.ResourceHookArgs, "newInputs">) =>
    clusterOf(release, await namespaceOf(newInputs));
  const intent = hook("puts back what was cut off", async (args) => {
    const cluster = await inCluster(args);
    await sweep(cluster, release, await recover(cluster, release, say), say);
  });
  const room = hook("clears its place", async (args) => {
    const cluster = await inCluster(args);
    const led = await ledOf(cluster, release.app);
    await clear(cluster, "Deployment", release, led, say);
    await refuseCrowded(cluster, release, led, await inHook(args.newInputs ?? {}));
  });
  const seen = hook("keeps track of it", async (args) => track(await inCluster(args), "Deployment", release));
  const place = hook("clears its Service's place", async (args) => {
    const cluster = await inCluster(args);
    await clear(cluster, "Service", release, await ledOf(cluster, release.app), say);
  });
  const met = hook("keeps track of its Service", async (args) => track(await inCluster(args), "Service", release));
  const rehearsal = hook("tries a release", async (args) => gate(await inCluster(args), release, say));
  const read = hook("lets the edge read of it", async (args) => settle(await inCluster(args), release.app, args.type));
  const good = hook("notes it", async (args) => {
    await note(await inCluster(args), release.app, args.newInputs ?? {}, release.contract);
  });
  const back = new pulumi.ErrorHook(named("goes back"), async (args) => {
    if (args.failedOperation !== "update" || pulumi.runtime.isDryRun()) return false;
    await undo(await inCluster(args), args, release.deadlineSeconds, say);
    return false;
  });
  return {
    record: { beforeCreate: [intent], beforeUpdate: [intent] },
    slot: { beforeCreate: [room], afterCreate: [seen], ...(undone ? { onError: [back] } : {}) },
    service: { beforeCreate: [place], afterCreate: [met] },
    traffic: { beforeUpdate: [rehearsal] },
    route: { afterCreate: [read] },
    history: { afterCreate: [good], beforeUpdate: [good] },
  };
}

/** Of what a hook is given. */
export async function namespaceOf(inputs: Record<string, unknown> = {}): Promise<string> {
  const { metadata } = (await inHook(inputs)) as { metadata?: { namespace?: string } };
  if (!metadata?.namespace) throw new Error("its namespace is not known");
  return metadata.namespace;
}
