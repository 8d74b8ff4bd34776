import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { inFrom, outTo } from "./network.ts";

/** Both ends of the way: what leaves these pods, and what the target lets in where it is a pod. */
export function declareWay(me: Member, role: string, link: Link, opts: pulumi.CustomResourceOptions): void {
  const pooler = link.postgres?.pooler && { ...link, selector: link.postgres.pooler.selector };
  const policies = {
    out: outTo(me.name, link),
    ...(link.selector ? { in: inFrom(me.name, link) } : {}),
    ...(pooler ? { "pooler-out": outTo(me.name, pooler), "pooler-in": inFrom(me.name, pooler) } : {}),
  };
  for (const [direction, spec] of Object.entries(policies)) {
    const name = `${me.name}-${role}-${direction}`;
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  }
}
