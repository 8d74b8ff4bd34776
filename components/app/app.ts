import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Profile } from "../../core/profile.ts";
import { tell } from "../../core/told.ts";
import { declareRetirement } from "../access/retire.ts";
import { type CheckedEdge, checkEdge } from "../edge/checkEdge.ts";
import { declareEdge, declareTransport, urlOf } from "../edge/edge.ts";
import type { Annotations } from "../edge/objects.ts";
import { hostsOf } from "../edge/settings.ts";
import { inEnvironment, type Member, member, placeOf } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { checkArguments } from "../shape.ts";
import { declareSlo, watchedFirst } from "../slo/slo.ts";
import { asGiven } from "../workload/asArguments.ts";
import { checkLinks } from "../workload/checkLinks.ts";
import { endSeconds } from "../workload/deployment.ts";
import { declareGiven } from "../workload/given.ts";
import { linksTold } from "../workload/links.ts";
import { checkMigration } from "../workload/migrated.ts";
import { inFromAnywhere } from "../workload/network.ts";
import type { AppArgs } from "./args.ts";
import { appArguments } from "./asArguments.ts";
import { schemaOf, settled } from "./beside.ts";
import { declareHooks } from "./hooks.ts";
import type { AppOptions } from "./overrides.ts";
import { declareProcesses, processSettings } from "./processes.ts";
import { declareRelease } from "./released.ts";
import { servedBy } from "./service.ts";
import { type AppSettings, appSettings, appVariables } from "./settings.ts";
import { appShape } from "./shape.ts";
import { acrossReleases, slotOfApp } from "./slot.ts";

/**
 * A web process in any number of replicas, right by default: restricted pod security, probes apart, an orderly end, a
 * rollout that never has fewer pods that answer, and no traffic but what its links, `edge` and `nodePort` declare.
 *
 * @remarks
 * - Another name is another Deployment, Service and role in each database: whoever called the old one no longer finds it.
 * - `image`, variables, secrets and links roll the pods without a request lost, as long as two can run; a feature flag does not.
 * - With one replica (dev) a drained node is an interruption.
 * - Another `edge.host` is another URL at once, with a certificate of its own: whoever calls the old one gets an error, unless it
 *   stays in `otherHosts` for a while. Browsers keep to HTTPS for two years once they have been there.
 * - Without `migrate` nobody brings the schema up; with it, a migration that fails stops the release before any pod changes.
 */
export class App extends pulumi.ComponentResource {
  /** How other apps use it. */
  readonly link: Link;
  /** The image that runs. */
  readonly image: pulumi.Output<string>;
  /** Path that tells whether the whole system works. */
  readonly verifyPath: string;
  /** How the world knows it, such as `https://avnir.studio`; undefined without an edge. */
  declare readonly url?: string;
  /** PromQL that is 1 while the app keeps to its `slo`, for a release gate; undefined where nothing watches it. */
  declare readonly gate?: pulumi.Output<string>;
  /** Every host of its edge, each of which needs a DNS record; undefined without an edge. */
  declare readonly hosts?: string[];

  constructor(name: string, args: AppArgs, opts: AppOptions = {}) {
    checkArguments("App", name, args, appShape);
    const me = acrossReleases(member(name, "app", args.environment));
    args = settled(me, args);
    checkLinks(`App ${name}`, me, args);
    checkMigration("App", me, args);
    const edge = args.edge && checkEdge(`App ${name}: edge`, me, args.edge, args.environment.cluster);
    const own = appSettings(args, me);
    const slot = slotOfApp(me, args, own, edge);
    const processes = processSettings(me, args);
    const { scale, port } = own;
    const complete = (profile: Profile) => appArguments(args, { ...me, profile }, edge);
    tell({ kind: "App", name, args: asGiven(args, me.stage), profile: me.profile, complete });
    super("palier:index:App", name, { scale, links: linksTold(args.links) }, inEnvironment(args.environment, opts));
    const watch = declareSlo(me, args, own, { parent: this });
    const given = watchedFirst(
      declareGiven(me, args, { parent: this }, appVariables(own, args), schemaOf(args)),
      watch,
    );
    const parts = { me, args, given, own, slot, edge, overrides: opts.overrides ?? {} };
    const annotations = this.#opened(me, args, own, edge);
    const leads = (dependsOn: pulumi.Resource[]) =>
      edge ? declareEdge(me, servedBy(slot, own), edge, { parent: this, dependsOn }) : [];
    const released = declareRelease({ ...parts, annotations, leads }, { parent: this });
    if (edge) {
      this.url = urlOf(edge);
      this.hosts = hostsOf(edge.args);
    }
    const others = declareProcesses(given, args, processes, opts.overrides ?? {}, { parent: this });
    const ends = [own, ...Object.values(processes)].map(endSeconds);
    const rolled = { parent: this, dependsOn: [...released, ...others] };
    // By Flagger pods of before may serve long after, with the logins of before.
    if (own.rollout.engine !== "flagger") declareRetirement(me, given.granted, Math.max(...ends), rolled);
    declareHooks(given, own, args.afterRelease ?? {}, { parent: this, dependsOn: [...released, ...others] });
    const ready = pulumi.all(released.map(({ id }) => id)).apply(() => name);
    this.link = { kind: "app", ...placeOf(me), host: name, port, ready, address: `http://${name}:${port}` };
    this.image = pulumi.output(args.image);
    this.verifyPath = own.health.verify;
    if (watch) this.gate = watch.gate;
    this.registerOutputs({ image: this.image, url: this.url, gate: this.gate });
  }

  /** Who is let in; what its Service has to say for that. */
  #opened(me: Member, { nodePort }: AppArgs, own: AppSettings, edge: CheckedEdge | undefined): Annotations | undefined {
    if (nodePort !== undefined) {
      const name = `${me.name}-in`;
      const spec = inFromAnywhere(me.selector, own.port);
      new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, { parent: this });
    }
    return edge && declareTransport(me, edge, { parent: this });
  }
}
