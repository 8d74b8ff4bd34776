import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { runToEnd, triedAgain, waitedFor } from "../job.ts";
import { refuseBad } from "../refuse.ts";
import type { Given } from "../workload/given.ts";
import { into, outOf } from "../workload/network.ts";
import { podSpec } from "../workload/pod.ts";
import type { HookArgs } from "./args.ts";
import { hookSettings } from "./hookSettings.ts";
import type { AppSettings } from "./settings.ts";

type Hooks = { [hook: string]: HookArgs };

/**
 * What runs after a release, one after the other, each in a Job of the new image: inside the cluster, where the app
 * answers. A Job is made anew, and so runs again, with each image and each change of the app's variables.
 */
export function declareHooks(
  given: Given,
  settings: AppSettings,
  hooks: Hooks,
  opts: pulumi.CustomResourceOptions & { dependsOn: pulumi.Resource[] },
): void {
  const { me } = given;
  if (Object.keys(hooks).length === 0) return;
  const labels = { ...me.labels, "app.kubernetes.io/component": "hook" };
  const policies = Object.entries(toTheApp(given, labels, settings.port)).map(([direction, spec]) => {
    const name = `${me.name}-hooks-${direction}`;
    const { dependsOn: _, ...child } = opts;
    return new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, child);
  });
  const before: pulumi.Resource[] = [...opts.dependsOn, ...policies];
  for (const [hook, args] of Object.entries(hooks)) {
    const metadata = { ...me.metadata(), annotations: triedAgain };
    const spec = jobSpec({ ...given, command: args.command }, settings, args, labels);
    refuseBad(me, [{ kind: "Job", args: { metadata, spec } }]);
    before.push(
      new k8s.batch.v1.Job(
        `${me.name}-${hook}-hook`,
        { metadata, spec },
        { ...opts, ...waitedFor(hookSettings(args).deadlineSeconds), dependsOn: [...before] },
      ),
    );
  }
}

/** Both ends of the way from the hooks to the app. */
function toTheApp({ me }: Given, labels: Record<string, string>, port: number) {
  const hook = {
    matchLabels: {
      "app.kubernetes.io/name": labels["app.kubernetes.io/name"]!,
      "app.kubernetes.io/component": labels["app.kubernetes.io/component"]!,
    },
  };
  const app = { matchLabels: me.selector };
  return { out: outOf(hook, [{ podSelector: app }], port), in: into(app, [{ podSelector: hook }], port) };
}

function jobSpec(
  given: Given,
  settings: AppSettings,
  hook: HookArgs,
  labels: Record<string, string>,
): k8s.types.input.batch.v1.JobSpec {
  const pod = podSpec({ ...given, settings }, { terminationMessagePolicy: "FallbackToLogsOnError" });
  return runToEnd(pod, { labels, ...hookSettings(hook) });
}
