import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { inEnvironment, member, placeOf } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { refuseBad } from "../refuse.ts";
import { checkArguments } from "../shape.ts";
import { type Volume, volumeOf } from "../volume.ts";
import type { RedisArgs } from "./args.ts";
import { capacity } from "./capacity.ts";
import { type PurposeName, purposes } from "./purpose.ts";
import { serverSecret } from "./secret.ts";
import { port } from "./settings.ts";
import { redisShape } from "./shape.ts";
import { statefulSetSpec } from "./statefulSet.ts";

/**
 * One Redis in the cluster, set up for its purpose. Nothing reaches it but what links to it.
 *
 * @remarks
 * - It is one pod: a change of `image` or `resources` restarts it, and for these seconds nobody is answered. A `cache` is
 *   empty then; `queue` and `session` may lose the last second.
 * - Another name is another server with nothing in it.
 * - Another `storage`, or a `purpose` that keeps nothing instead of one that does, replaces the StatefulSet: its pod ends before
 *   the new one starts, and in dev and review the volume goes with it.
 */
export class Redis extends pulumi.ComponentResource {
  /** How to use it. */
  readonly link: Link;
  /** Where it keeps what it holds; undefined for a purpose that keeps nothing. */
  declare readonly volume?: Volume;

  constructor(name: string, args: RedisArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Redis", name, args, redisShape);
    const purpose = purposes[args.purpose as PurposeName];
    const me = member(name, "redis", args.environment);
    const { storage, resources: size } = capacity(args, me.profile);
    tell({ kind: "Redis", name, args, profile: me.profile, complete: (profile) => capacity(args, profile) });
    super("palier:index:Redis", name, { purpose: args.purpose }, inEnvironment(args.environment, opts));
    const secret = serverSecret(me, purpose, size.memory, { parent: this });
    const server = { me, image: args.image, secret, size, storage: purpose.persistent ? storage : undefined };
    const spec = statefulSetSpec(server);
    refuseBad(me, [{ kind: "StatefulSet", args: { metadata: me.metadata(name), spec } }]);
    const statefulSet = new k8s.apps.v1.StatefulSet(name, { metadata: me.metadata(name), spec }, { parent: this });
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: { selector: me.selector, ports: [{ name: "redis", port }] } },
      { parent: this, dependsOn: statefulSet },
    );
    const ready = pulumi.all([statefulSet.id, service.id]).apply(() => name);
    this.link = { kind: "redis", ...placeOf(me), host: name, port, ready, secret: { name: secret, key: "url" } };
    if (purpose.persistent) this.volume = volumeOf(name, storage);
    this.registerOutputs({ host: name, port });
  }
}
