import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { inEnvironment, type Member, member } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import type { Link } from "../link.ts";
import { refuseBad } from "../refuse.ts";
import { checkArguments } from "../shape.ts";
import { type Volume, volumeOf } from "../volume.ts";
import type { PostgresArgs } from "./args.ts";
import { capacity, completed } from "./capacity.ts";
import { checkCluster, checkPooler } from "./cluster/checks.ts";
import { declareCluster } from "./cluster/cluster.ts";
import { declareOperatedPooler } from "./cluster/pooler.ts";
import { externalLinks, replicaLinks } from "./external.ts";
import { databaseLinks, pooledLinks } from "./links.ts";
import { checkConnections } from "./parameters.ts";
import { declarePooler } from "./pooler/container/pooler.ts";
import { checkRestores, declareRestores } from "./restores.ts";
import { serverSecret } from "./secret.ts";
import { hostBasedAccess, port, serverArguments } from "./settings.ts";
import { postgresShape } from "./shape.ts";
import { type Mounted, statefulSetSpec } from "./statefulSet.ts";
import { type Way, wayTo } from "./way.ts";

/**
 * One Postgres server in the cluster, on a volume of its own, several of which one takes over for another, or one that somebody else
 * runs. Nothing reaches it but what links to one of its databases; every connection is encrypted, and clients verify the server.
 *
 * @remarks
 * - Without `cluster` it is one pod on one volume: a change of `image`, `resources`, `connections`, `parameters` or its certificate restarts it, and for these seconds nobody
 *   is answered. Apps that ask again do not lose what they were told.
 * - Another name is another server with an empty volume; the old one's volume stays in staging and production.
 * - Another `storage` replaces the StatefulSet: its pod ends before the new one starts. In dev and review the volume goes with
 *   it; in staging and production the volume stays, and stays as large as it was.
 * - A database that is taken out of `databases` is not dropped: it keeps its rows, and nothing links to it.
 * - An image of another major version does not start on the volume of the old one: [the way there](../upgrades.md).
 * - A `cluster` is the operator's: its Services are `db-rw`, `db-ro` and `db-r`. From one pod to a cluster goes a backup's way, since another
 *   kind of object keeps the rows: give it another name.
 * - On an `external` one a database is marked with the project, stack and namespace that made it: another one's is refused.
 */
export class Postgres extends pulumi.ComponentResource {
  /** How to use each database, by its name. */
  readonly links: { [database: string]: Link };
  /** The same to the replica of an `external` one, or to those of a `cluster`, to read from; none elsewhere. */
  readonly replicas: { [database: string]: Link };
  /** The same through the `pooler`: an app's own connections, not those of its migrations. None without one. */
  readonly pooled: { [database: string]: Link };
  /** Where it keeps its rows; undefined outside, and of a `cluster`, whose operator makes several. */
  declare readonly volume?: Volume;

  constructor(name: string, args: PostgresArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Postgres", name, args, postgresShape);
    const databases = Object.keys(args.databases);
    const me = member(name, "postgres", args.environment);
    tell({ kind: "Postgres", name, args, profile: me.profile, complete: (profile) => completed(args, profile) });
    checkConnections(`Postgres ${name}`, args, capacity(args, me.profile).resources.memory);
    checkRestores(`Postgres ${name}`, me, args);
    checkCluster(`Postgres ${name}`, me, args);
    checkPooler(`Postgres ${name}`, me, args);
    super("palier:index:Postgres", name, { databases }, inEnvironment(args.environment, opts));
    const { external, cluster } = args;
    const way = wayTo(me, args);
    this.links = external ? externalLinks(me, args, external, { parent: this }) : this.#own(me, args, way);
    this.replicas = replicaLinks(this.links, external?.replica ?? way.reads);
    this.pooled = pooledLinks(this.links, way.pooler, this.#pooler(me, args));
    if (!external && !cluster) this.volume = volumeOf(name, capacity(args, me.profile).storage);
    this.registerOutputs({ host: external?.host ?? way.host, port: external?.port ?? port });
  }

  #own(me: Member, args: PostgresArgs, { host, selector, services }: Way): { [database: string]: Link } {
    const { cluster } = args;
    const { secret, authority } = serverSecret(me, services, cluster !== undefined, { parent: this });
    const data = { ...(cluster ? {} : { "pg_hba.conf": hostBasedAccess }), "ca.crt": authority };
    const settings = frozenConfigMap(`${me.name}-settings`, me, data, { parent: this });
    const mounted = { secret, settings };
    const ready = cluster
      ? declareCluster(me, args, cluster, mounted, { parent: this })
      : this.#server(me, args, mounted);
    const links = databaseLinks(args, { me, host, selector, secret, settings, ready });
    return declareRestores(me, args, links, { parent: this });
  }

  /** Takes connections when this is known. */
  #pooler(me: Member, args: PostgresArgs): pulumi.Output<string> | undefined {
    if (!args.pooler) return undefined;
    const declare = args.cluster ? declareOperatedPooler : declarePooler;
    return declare(me, args, this.links, { parent: this });
  }

  #server(me: Member, args: PostgresArgs, mounted: Mounted): pulumi.Output<string> {
    const { name, profile } = me;
    const { storage, resources: size, connections } = capacity(args, profile);
    const parameters = serverArguments({ memory: size.memory, storage, connections }, args.parameters);
    const spec = statefulSetSpec({ me, image: args.image, storage, size, parameters, mounted });
    refuseBad(me, [{ kind: "StatefulSet", args: { metadata: me.metadata(name), spec } }]);
    const statefulSet = new k8s.apps.v1.StatefulSet(name, { metadata: me.metadata(name), spec }, { parent: this });
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: { selector: me.selector, ports: [{ name: "postgres", port }] } },
      { parent: this, dependsOn: statefulSet },
    );
    return pulumi.all([statefulSet.id, service.id]).apply(() => name);
  }
}
