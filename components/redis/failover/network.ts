import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../environment/member.ts";
import { into, outOf } from "../../workload/network.ts";
import { port } from "../settings.ts";
import { sentinelPort } from "./names.ts";

/** The servers and their Sentinels reach each other, the proxies the servers, and nobody else either of them. */
export function declareWays(me: Member, proxy: Member, opts: pulumi.CustomResourceOptions): void {
  const [servers, proxies] = [{ matchLabels: me.selector }, { matchLabels: proxy.selector }];
  const policies = {
    "peers-out": outOf(servers, [{ podSelector: servers }], port),
    "peers-in": into(servers, [{ podSelector: servers }, { podSelector: proxies }], port),
    "sentinels-out": outOf(servers, [{ podSelector: servers }], sentinelPort),
    "sentinels-in": into(servers, [{ podSelector: servers }], sentinelPort),
    "proxy-out": outOf(proxies, [{ podSelector: servers }], port),
  };
  for (const [role, spec] of Object.entries(policies)) {
    const name = `${me.name}-${role}`;
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  }
}
