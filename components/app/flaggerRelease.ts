import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { flaggerCanary, metricTemplates } from "../rollout/engine/flaggerCanary.ts";
import { declareDeployment } from "../workload/deployment.ts";
import { declareAutoscaler, declareDisruption } from "../workload/protection.ts";
import type { Parts } from "./parts.ts";
import { processOf } from "./probes.ts";

const apiVersion = "flagger.app/v1beta1";

/** What stands for a release by Flagger: the Deployment that it takes each new version from, and no Service, which it makes. */
export function declareFlagger(parts: Parts, opts: pulumi.CustomResourceOptions): pulumi.CustomResource[] {
  const { me, given, own, slot, edge, overrides } = parts;
  const workload = { ...given, me: slot.me, settings: own };
  const deployment = declareDeployment(workload, processOf(own), given.ready, overrides.deployment, {
    ...opts,
    // Between two releases it has no pods: those of the copy serve.
    ignoreChanges: ["spec.replicas"],
  });
  const after = { ...opts, dependsOn: deployment };
  declareDisruption(me, overrides.disruption, after);
  declareAutoscaler(me, own, overrides.autoscaler, after);
  const templates = Object.entries(metricTemplates(own.rollout)).map(([role, spec]) => {
    const name = `${me.name}-${role}`;
    const args = { apiVersion, kind: "MetricTemplate", metadata: me.metadata(name), spec };
    return new k8s.apiextensions.CustomResource(name, args, opts);
  });
  const { port, rollout, scale, progressDeadlineSeconds } = own;
  const scales = scale.max > scale.min;
  const spec = flaggerCanary({ app: me.name, port, rollout, edge, progressDeadlineSeconds, scales });
  // Once it has made what it needs: how each release goes is asked of it.
  const annotations = { "pulumi.com/waitFor": "jsonpath={.status.phase}=Initialized" };
  const metadata = { ...me.metadata(me.name), annotations };
  const args = { apiVersion, kind: "Canary", metadata, spec };
  const canary = new k8s.apiextensions.CustomResource(`${me.name}-canary`, args, {
    ...after,
    dependsOn: [deployment, ...templates],
  });
  return [deployment, canary];
}
