import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { EnvironmentRef } from "../../environment/args.ts";
import { type Member, member, placeOf } from "../../environment/member.ts";
import { frozenSecret } from "../../frozen.ts";
import type { Link } from "../../link.ts";
import { refuseBad } from "../../refuse.ts";
import { declareDisruption } from "../../workload/protection.ts";
import type { RedisFailoverArgs } from "../args.ts";
import { port } from "../settings.ts";
import type { Server } from "../statefulSet.ts";
import { sentinelPort, serverNames } from "./names.ts";
import { declareWays } from "./network.ts";
import { deploymentSpec, haproxyConf } from "./proxy.ts";
import { serversSpec } from "./servers.ts";

/** Of who asks which server is the primary. */
export function proberPassword({ name }: Member, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  return new random.RandomPassword(`${name}-prober-password`, { length: 32, special: false }, opts).result;
}

/** Declares the servers, Sentinel beside each, and the proxies before them; returns the way to the proxies. */
export function declareFailover(
  server: Server,
  { proxy: image }: RedisFailoverArgs,
  prober: pulumi.Output<string>,
  environment: EnvironmentRef,
  opts: pulumi.CustomResourceOptions,
): Link {
  const { me } = server;
  const { name } = me;
  const proxy = member(`${name}-proxy`, "redis", environment);
  declareWays(me, proxy, opts);
  const names = serverNames(name).map((one) => declareName(me, one, opts));
  const spec = serversSpec(server);
  refuseBad(me, [{ kind: "StatefulSet", args: { metadata: me.metadata(name), spec } }]);
  const statefulSet = new k8s.apps.v1.StatefulSet(
    name,
    { metadata: me.metadata(name), spec },
    { ...opts, dependsOn: names },
  );
  const settings = prober.apply((password) => haproxyConf(serverNames(name), password));
  const secret = frozenSecret(`${proxy.name}-secret`, proxy, { "haproxy.cfg": settings }, opts);
  const metadata = proxy.metadata(proxy.name);
  const proxies = deploymentSpec(proxy, image, secret);
  refuseBad(proxy, [{ kind: "Deployment", args: { metadata, spec: proxies } }]);
  const deployment = new k8s.apps.v1.Deployment(
    proxy.name,
    { metadata, spec: proxies },
    { ...opts, dependsOn: statefulSet },
  );
  for (const one of [me, proxy]) declareDisruption(one, undefined, opts);
  const service = new k8s.core.v1.Service(
    `${name}-service`,
    { metadata: me.metadata(name), spec: { selector: proxy.selector, ports: [{ name: "redis", port }] } },
    { ...opts, dependsOn: deployment },
  );
  const ready = pulumi.all([deployment.id, service.id]).apply(() => name);
  return { kind: "redis", ...placeOf(me), selector: proxy.selector, host: name, port, ready };
}

/** Leads to one server, ready or not: the others have to find it before it is. */
function declareName(me: Member, name: string, opts: pulumi.CustomResourceOptions): k8s.core.v1.Service {
  const selector = { ...me.selector, "statefulset.kubernetes.io/pod-name": name };
  const ports = [
    { name: "redis", port },
    { name: "sentinel", port: sentinelPort },
  ];
  // Nobody waits for its pod, which comes after it.
  const metadata = { ...me.metadata(name), annotations: { "pulumi.com/skipAwait": "true" } };
  const spec = { selector, ports, publishNotReadyAddresses: true };
  return new k8s.core.v1.Service(`${name}-service`, { metadata, spec }, opts);
}
