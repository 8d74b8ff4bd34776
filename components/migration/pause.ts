import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../core/cluster/cluster.ts";
import { areHooksHere } from "../areHooksHere.ts";
import type { ClusterArgs } from "../environment/clusterArgs.ts";
import type { Member } from "../environment/member.ts";
import { inHook } from "../inHook.ts";
import { interruptible } from "../rollout/interrupted.ts";
import type { PauseArgs } from "./args.ts";
import { usualPauseSeconds } from "./settings.ts";
import { type Paused, pause, resume } from "./standstill.ts";

/**
 * What lets others stand still while a Job runs: hooks of the Job, and an object that is written before it. Where an
 * update was killed meanwhile and the next one goes back to what was before, that object alone changes: it lets them go on.
 *
 * @param changes With what the Job is made anew.
 */
export function declarePause(
  me: Member,
  { deployments = [], cronJobs = [], seconds = usualPauseSeconds }: PauseArgs,
  cluster: ClusterArgs,
  changes: pulumi.Input<unknown>,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const name = `${me.name}-pause`;
  const data = { run: pulumi.jsonStringify(changes).apply((text) => createHash("sha256").update(text).digest("hex")) };
  const hooks = areHooksHere() ? hooksOf(me, { deployments, cronJobs }, seconds, cluster) : undefined;
  const record = new k8s.core.v1.ConfigMap(
    name,
    { metadata: me.metadata(name), data },
    { ...opts, hooks: hooks && { beforeUpdate: hooks.afterCreate } },
  );
  return { dependsOn: record, hooks };
}

function hooksOf({ name, namespace }: Member, paused: Paused, seconds: number, cluster: ClusterArgs) {
  const reach = async () => new Cluster({ ...cluster, namespace: await inHook(namespace) });
  const goOn = async () => resume(await reach(), paused);
  const stop = () => interruptible(async (ended) => pause(await reach(), paused, seconds, ended));
  const failed = async () => {
    await goOn();
    return false;
  };
  return {
    beforeCreate: [new pulumi.ResourceHook(`${name}: brings to a standstill`, stop)],
    afterCreate: [new pulumi.ResourceHook(`${name}: lets go on`, goOn)],
    onError: [new pulumi.ErrorHook(`${name}: lets go on after a failure`, failed)],
  };
}
