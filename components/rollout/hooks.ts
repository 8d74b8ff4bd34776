import * as pulumi from "@pulumi/pulumi";
import { areHooksHere } from "../areHooksHere.ts";
import { inHook } from "../inHook.ts";
import { gate } from "./gate.ts";
import { note } from "./history.ts";
import { type Held, holding } from "./holding.ts";
import { type MakeHook, madeHooks } from "./madeHooks.ts";
import { neededCli } from "./neededCli.ts";
import { recover } from "./recover.ts";
import { besideOf, clusterOf, type Release } from "./release.ts";
import { toEngine as say } from "./say.ts";
import { settle } from "./settle.ts";
import { sweep } from "./sweep.ts";
import { undo } from "./undo.ts";
import { refuseUnled, weigh } from "./weigh.ts";

/** By the resource that carries them. They run in an update alone: never in a preview, and where nothing changes not at all. */
export interface ReleaseHooks {
  record?: pulumi.ResourceHookBinding;
  slot?: pulumi.ResourceHookBinding;
  /** The Service of the release alone. */
  service?: pulumi.ResourceHookBinding;
  /** Of what has a share beside it, the same two. */
  beside?: Pick<ReleaseHooks, "slot" | "service">;
  traffic?: pulumi.ResourceHookBinding;
  /** What gives shares. */
  weighed?: pulumi.ResourceHookBinding;
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
  const inCluster = async ({ newInputs }: Pick<pulumi.ResourceHookArgs, "newInputs">) =>
    clusterOf(release, await namespaceOf(newInputs));
  const fit = neededCli();
  const hook: MakeHook = (role, does) =>
    new pulumi.ResourceHook(named(role), async (args) => {
      await fit;
      await does(await inCluster(args), args);
    });
  const held = holding(release.app);
  const intent = hook("puts back what was cut off", async (cluster) => {
    await held.take(cluster);
    await sweep(cluster, release, await recover(cluster, release, say), say);
  });
  const rehearsal = hook("tries a release", (cluster) => held.during(cluster, () => gate(cluster, release, say)));
  const read = hook("lets the edge read of it", (cluster, { type }) => settle(cluster, release.app, type));
  const good = hook("notes it", async (cluster, { newInputs = {} }) => {
    await note(cluster, release.app, newInputs);
    await held.free();
  });
  const back = new pulumi.ErrorHook(named("goes back"), async (args) => {
    if (args.failedOperation !== "update" || pulumi.runtime.isDryRun()) return false;
    await undo(await inCluster(args), args, release.deadlineSeconds, say);
    return false;
  });
  const made = madeHooks(release, hook);
  const beside = besideOf(release);
  return {
    record: { beforeCreate: [intent], beforeUpdate: [intent] },
    ...made,
    slot: { ...made.slot, ...(undone ? { onError: [back] } : {}) },
    ...(beside && { beside: madeHooks(beside, (role, does) => hook(`beside it, ${role}`, does)) }),
    traffic: { beforeUpdate: [rehearsal] },
    weighed: release.canary ? weighedHooks(release, hook, held) : {},
    route: { afterCreate: [read] },
    history: { afterCreate: [good], beforeUpdate: [good] },
  };
}

function weighedHooks(release: Release, hook: MakeHook, held: Held): pulumi.ResourceHookBinding {
  const shares = hook("gives it a share", (cluster, { newInputs = {} }) =>
    held.during(cluster, async () => weigh(cluster, release, await inHook(newInputs), say)),
  );
  const first = hook("has nothing to give a share of", async () => refuseUnled(release));
  // What waits at a share notes no release: this is the last that is written of it.
  const done = hook("has its share", () => held.free());
  return { beforeUpdate: [shares], afterUpdate: [done], beforeCreate: [first] };
}

/** Of what a hook is given. */
export async function namespaceOf(inputs: Record<string, unknown> = {}): Promise<string> {
  const { metadata } = (await inHook(inputs)) as { metadata?: { namespace?: string } };
  if (!metadata?.namespace) throw new Error("its namespace is not known");
  return metadata.namespace;
}
