import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { weighedBy } from "../edge/weighed.ts";
import { refuseBad } from "../refuse.ts";
import { analysisTemplates, type Templates } from "../rollout/engine/analysisTemplates.ts";
import { besideService } from "../rollout/engine/name.ts";
import { rolloutStrategy } from "../rollout/engine/rolloutStrategy.ts";
import { deploymentSpec } from "../workload/deployment.ts";
import { fromNamespace, into } from "../workload/network.ts";
import { overridden } from "../workload/overridden.ts";
import { declareAutoscaler, declareDisruption } from "../workload/protection.ts";
import type { Parts } from "./parts.ts";
import { processOf } from "./probes.ts";
import { serviceSpec } from "./service.ts";
import { releaseSeconds } from "./settings.ts";

const apiVersion = "argoproj.io/v1alpha1";

/** Where its own manual puts the controller, which asks the pods. */
const controllerNamespace = "argo-rollouts";

/** It writes which release a Service leads to into the selector. The rest of that is ours. */
const led = 'spec.selector["rollouts-pod-template-hash"]';

/** What stands for a release by Argo Rollouts: the Services and what leads to them first, without which it begins nothing. */
export function declareArgoRollout(parts: Parts, opts: pulumi.CustomResourceOptions): pulumi.CustomResource[] {
  const { me, own, overrides } = parts;
  const { rollout, port } = own;
  const beside = besideService(me.name, rollout);
  const watched = rollout.canary ? beside : me.name;
  const templates = beside && watched ? analysisTemplates(me, rollout, port, beside, watched) : {};
  const services = declareServices(parts, beside, opts);
  const before = [
    ...services,
    // By the first pod its shares are written there.
    ...parts.leads(services),
    ...(beside ? [declareAsked(parts, opts)] : []),
    ...Object.entries(templates).map(([role, spec]) => {
      const name = `${me.name}-${role}`;
      const args = { apiVersion, kind: "AnalysisTemplate", metadata: me.metadata(name), spec };
      return new k8s.apiextensions.CustomResource(name, args, opts);
    }),
  ];
  const made = declareRollout(parts, templates, { ...opts, dependsOn: before });
  const after = { ...opts, dependsOn: made };
  declareDisruption(me, overrides.disruption, after);
  declareAutoscaler(me, own, overrides.autoscaler, after, { apiVersion, kind: "Rollout" });
  return [made];
}

function declareServices(
  { me, own, slot, args, annotations, overrides }: Parts,
  beside: string | undefined,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  // They are there before any pod is, for which the provider would wait; and the controller writes into them.
  const told = { "pulumi.com/skipAwait": "true", "pulumi.com/patchForce": "true" };
  const child = { ...opts, ignoreChanges: [led] };
  const spec = overridden(serviceSpec(slot.me, own, args.nodePort), overrides.service);
  const metadata = { ...me.metadata(me.name), annotations: { ...annotations, ...told } };
  const main = new k8s.core.v1.Service(`${me.name}-service`, { metadata, spec }, child);
  if (!beside) return [main];
  const other = { metadata: { ...me.metadata(beside), annotations: told }, spec: serviceSpec(slot.me, own) };
  return [main, new k8s.core.v1.Service(`${beside}-service`, other, child)];
}

/** The controller asks the pods itself whether they are well. */
function declareAsked({ me, own }: Parts, opts: pulumi.CustomResourceOptions): pulumi.Resource {
  const name = `${me.name}-engine-in`;
  const spec = into({ matchLabels: me.selector }, fromNamespace(controllerNamespace), own.port);
  return new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
}

function declareRollout(
  { me, given, own, slot, edge, overrides }: Parts,
  templates: Templates,
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource {
  const { rollout, scale } = own;
  const { name, namespace } = me;
  const workload = { ...given, me: slot.me, settings: own };
  const { strategy: _, ...pods } = overridden(deploymentSpec(workload, processOf(own)), overrides.deployment);
  const strategy = rolloutStrategy({ app: name, namespace, rollout, templates, weighed: weighedBy(me, edge) });
  const spec = { ...pods, progressDeadlineAbort: rollout.rolling?.undo ?? true, strategy };
  const scales = scale.max > scale.min;
  const annotations = {
    [afterAnnotation]: given.ready,
    "pulumi.com/waitFor": "jsonpath={.status.phase}=Healthy",
    // Over what its own command has set; an autoscaler's count stands.
    ...(scales ? {} : { "pulumi.com/patchForce": "true" }),
  };
  const metadata = { ...me.metadata(name), annotations };
  const variables = { metadata: { name: workload.variables }, data: workload.wiring.variables };
  refuseBad(me, [
    { kind: "Rollout", args: { metadata, spec } },
    { kind: "ConfigMap", args: variables },
  ]);
  const timeout = `${releaseSeconds(own)}s`;
  const more = { hooks: slot.hooks.slot, customTimeouts: { create: timeout, update: timeout } };
  const ignoreChanges = scales ? ["spec.replicas"] : [];
  const args = { apiVersion, kind: "Rollout", metadata, spec };
  return new k8s.apiextensions.CustomResource(name, args, { ...opts, ...more, ignoreChanges });
}
