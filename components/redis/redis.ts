import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { inEnvironment, type Member, member, placeOf } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { refuseBad } from "../refuse.ts";
import { checkArguments } from "../shape.ts";
import { type Volume, volumeOf } from "../volume.ts";
import type { RedisArgs } from "./args.ts";
import { capacity } from "./capacity.ts";
import { externalLinks, type RedisLinks } from "./external.ts";
import { declareFailover, proberPassword } from "./failover/failover.ts";
import { type Purpose, type PurposeName, purposes } from "./purpose.ts";
import { type ServerSecrets, serverSecrets } from "./secret.ts";
import { port } from "./settings.ts";
import { redisShape } from "./shape.ts";
import { statefulSetSpec } from "./statefulSet.ts";

/**
 * One Redis in the cluster, set up for its purpose, or one that somebody else runs. Nothing reaches it but what links to it.
 *
 * @remarks
 * - It is one pod: a change of `image`, `resources` or `users` restarts it, and for these seconds nobody is answered. A `cache` is
 *   empty then; `queue` and `session` read back what they held. They lose what the last second wrote where the whole machine fails.
 * - Nobody who links to it may administer it, stop it or empty it (`CONFIG`, `KEYS`, `FLUSHALL`); `SCAN` and `UNLINK` are there.
 *   Its own people may: `kubectl exec queue-0 -- sh -c 'redis-cli --user admin --pass "$ADMIN_PASSWORD"'`.
 * - With `failover` there are three, two of which decide by Redis Sentinel that the primary is lost; two proxies lead to the new one
 *   within seconds, and connections break. A replica is told after whoever wrote: what must survive the loss of the primary
 *   is confirmed by `WAIT 1`. A `queue` and a `session` take writes only while a replica is there. The first volume stays.
 * - Another name is another server with nothing in it.
 * - Another `storage`, or a `purpose` that keeps nothing instead of one that does, replaces the StatefulSet: its pod ends before
 *   the new one starts, and in dev and review the volume goes with it.
 * - Nothing is set on an `external` one: see that a queue's evicts nothing (`maxmemory-policy noeviction`) and is kept on disk.
 */
export class Redis extends pulumi.ComponentResource {
  /** How to use it, with every key. */
  readonly link: Link;
  /** How each of its `users` uses it, by name. */
  readonly links: { [user: string]: Link };
  /** Where it keeps what it holds; undefined for a purpose that keeps nothing, and outside. */
  declare readonly volume?: Volume;

  constructor(name: string, args: RedisArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Redis", name, args, redisShape);
    const purpose = purposes[args.purpose as PurposeName];
    const me = member(name, "redis", args.environment);
    tell({ kind: "Redis", name, args, profile: me.profile, complete: (profile) => capacity(args, profile) });
    super("palier:index:Redis", name, { purpose: args.purpose }, inEnvironment(args.environment, opts));
    const { link, links } = args.external ? externalLinks(me, args.external) : this.#server(me, args, purpose);
    this.link = link;
    this.links = links;
    if (purpose.persistent && !args.external) this.volume = volumeOf(name, capacity(args, me.profile).storage);
    this.registerOutputs({ host: link.host, port: link.port });
  }

  #server(me: Member, args: RedisArgs, purpose: Purpose): RedisLinks {
    const { name } = me;
    const { storage, resources: size } = capacity(args, me.profile);
    const { failover } = args;
    const prober = failover && proberPassword(me, { parent: this });
    const secrets = serverSecrets(me, purpose, size.memory, args.users ?? {}, prober, { parent: this });
    const kept = purpose.persistent ? storage : undefined;
    const server = { me, image: args.image!, secret: secrets.server, size, storage: kept };
    if (failover)
      return redisLinks(declareFailover(server, failover, prober!, args.environment, { parent: this }), secrets);
    const spec = statefulSetSpec(server);
    refuseBad(me, [{ kind: "StatefulSet", args: { metadata: me.metadata(name), spec } }]);
    const statefulSet = new k8s.apps.v1.StatefulSet(name, { metadata: me.metadata(name), spec }, { parent: this });
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: { selector: me.selector, ports: [{ name: "redis", port }] } },
      { parent: this, dependsOn: statefulSet },
    );
    const ready = pulumi.all([statefulSet.id, service.id]).apply(() => name);
    return redisLinks({ kind: "redis", ...placeOf(me), host: name, port, ready }, secrets);
  }
}

/** The same way to the servers for everybody, each with an address of their own. */
function redisLinks(way: Link, { server, users }: ServerSecrets): RedisLinks {
  const to = (secret: pulumi.Output<string>): Link => ({ ...way, secret: { name: secret, key: "url" } });
  return {
    link: to(server),
    links: Object.fromEntries(Object.entries(users).map(([user, secret]) => [user, to(secret)])),
  };
}
