import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { declareDeployment } from "../workload/deployment.ts";
import { overridden } from "../workload/overridden.ts";
import { declareAutoscaler, declareDisruption } from "../workload/protection.ts";
import { declareArgoRollout } from "./argoRollout.ts";
import { declareBeside } from "./beside.ts";
import { declareFlagger } from "./flaggerRelease.ts";
import type { Parts } from "./parts.ts";
import { processOf } from "./probes.ts";
import { declareReleased, serviceSpec } from "./service.ts";
import { declareHistory, declareRecord } from "./slot.ts";

/** The pods of a release and where they answer. What comes after the release waits for what is handed back. */
export function declareRelease(parts: Parts, opts: pulumi.CustomResourceOptions): pulumi.CustomResource[] {
  const { engine } = parts.own.rollout;
  if (engine === "argoRollouts") return declareArgoRollout(parts, opts);
  const released = engine === "flagger" ? declareFlagger(parts, opts) : declareOwn(parts, opts);
  parts.leads(released);
  return released;
}

function declareOwn(parts: Parts, opts: pulumi.CustomResourceOptions): pulumi.CustomResource[] {
  const { me, args, given, own, slot, overrides } = parts;
  const deployment = declarePods(parts, opts);
  const service = declareService(parts, deployment, opts);
  const after = { ...opts, dependsOn: [deployment, service] };
  declareAutoscaler(slot.me, own, overrides.autoscaler, after);
  declareHistory(me, args, slot, after);
  return [deployment, service, ...declareBeside(given, own, slot, overrides, { ...opts, dependsOn: deployment })];
}

/** The pods of this release, and what keeps enough of all releases. */
function declarePods(
  { me, given, own, slot, overrides }: Parts,
  opts: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const record = declareRecord(me, slot, opts);
  const child = { ...opts, dependsOn: record, hooks: slot.hooks.slot };
  const workload = { ...given, me: slot.me, settings: own };
  const deployment = declareDeployment(workload, processOf(own), given.ready, overrides.deployment, child);
  declareDisruption(me, overrides.disruption, { ...opts, dependsOn: deployment });
  return deployment;
}

/** Where it answers. */
function declareService(
  { me, args, own, slot, annotations, overrides }: Parts,
  deployment: pulumi.CustomResource,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Service {
  const released = declareReleased(slot, own, { ...opts, dependsOn: deployment });
  const metadata = { ...me.metadata(me.name), annotations: { ...slot.committed, ...annotations } };
  const spec = overridden(serviceSpec(slot.me, own, args.nodePort), overrides.service);
  return new k8s.core.v1.Service(
    `${me.name}-service`,
    { metadata, spec },
    { ...opts, dependsOn: released, hooks: slot.hooks.traffic },
  );
}
