import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Served } from "../edge/edge.ts";
import type { Member } from "../environment/member.ts";
import type { AppSettings } from "./settings.ts";
import type { Slot } from "./slot.ts";

export function serviceSpec(
  { selector }: Pick<Member, "selector">,
  { port }: AppSettings,
  nodePort?: number,
): k8s.types.input.core.v1.ServiceSpec {
  const http = { name: "http", port, targetPort: "http" };
  return nodePort === undefined
    ? { type: "ClusterIP", selector, ports: [http] }
    : { type: "NodePort", selector, ports: [{ ...http, nodePort }] };
}

/** What the edge leads to. */
export function servedBy({ service, hooks, beside }: Slot, { port, rollout }: AppSettings): Served {
  return { service, port, weighed: rollout.canary !== undefined, engine: rollout.engine, beside, hooks };
}

/** The Service of a canary's release alone, which the edge gives its share; the app's own leads to whichever is committed. */
export function declareReleased(
  { me, service, hooks }: Slot,
  own: AppSettings,
  opts: pulumi.CustomResourceOptions & { dependsOn: pulumi.CustomResource },
): pulumi.CustomResource[] {
  if (!own.rollout.canary) return [opts.dependsOn];
  const resource = `${me.name}-service`;
  const args = { metadata: me.metadata(service), spec: serviceSpec(me, own) };
  return [opts.dependsOn, new k8s.core.v1.Service(resource, args, { ...opts, hooks: hooks.service })];
}
