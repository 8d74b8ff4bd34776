import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { processLabel } from "../../core/labels.ts";
import { tell } from "../../core/told.ts";
import { App } from "../app/app.ts";
import type { AppOptions } from "../app/overrides.ts";
import { ArgumentError } from "../argument.ts";
import { checkStore } from "../backup/meant.ts";
import { inEnvironment, type Member, member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { sized } from "../resources.ts";
import { checkArguments } from "../shape.ts";
import type { TaskOverrides } from "../task/overrides.ts";
import { into, outOf, outTo } from "../workload/network.ts";
import type { IdentityArgs, IdentityExportArgs } from "./args.ts";
import { exportSettings, exportTask, processName, thenSaved } from "./export.ts";
import { appOf, askedApart, peers, usualSize } from "./settings.ts";
import { identityShape } from "./shape.ts";

/**
 * Keycloak on a database of its own, started as in production in every environment. It is an app: its pods are restricted, roll
 * without a gap, and are reached by what links to it, or by its edge.
 *
 * @remarks
 * - The first administrator is `administrator`; the password was generated and stands in the Secret `NAME-secrets`. Make people of
 *   your own with it, and take it away: another one is never made where there are administrators.
 * - What is changed in its console is in the database alone. `Backup` of that database saves it with its people;
 *   `export` saves the realms without them, to be read, compared and imported elsewhere.
 * - A realm is imported where there is none of its name; later changes of `realms` change nothing.
 * - Another `url` is another issuer: every token that was given before is refused by whoever looks at it.
 */
export class Identity extends pulumi.ComponentResource {
  /** How apps use it: its address in the cluster. */
  readonly link: Link;
  /** The image that runs. */
  readonly image: pulumi.Output<string>;
  /** How its users know it. */
  readonly url: string;
  /** Path that tells whether it works, its database included. */
  readonly verifyPath: string;
  /** Every host of its edge, each of which needs a DNS record; undefined without an edge. */
  declare readonly hosts?: string[];

  constructor(name: string, args: IdentityArgs, opts: AppOptions = {}) {
    // With DATABASE_URL it names a Job, and with what it exports a CronJob.
    checkArguments("Identity", name, args, identityShape, args?.export ? 33 : 37);
    const me = member(name, "app", args.environment);
    const complete = () => ({
      resources: sized(args.resources, usualSize),
      export: args.export && { ...args.export, ...exportSettings(args.export) },
    });
    tell({ kind: "Identity", name, args, profile: me.profile, complete });
    if (!args.url.startsWith("https:") && me.stage !== "dev" && me.stage !== "review") {
      const reason = `"${args.url}" takes passwords in clear, and this is ${me.stage}; give one with https`;
      throw new ArgumentError(`Identity ${name}: url`, reason);
    }
    const saved = args.export;
    if (saved) checkStore(`Identity ${name}: export.to`, saved.to, me);
    const { overrides = {}, ...others } = opts;
    super("palier:index:Identity", name, { url: args.url }, inEnvironment(args.environment, others));
    const deployment: typeof askedApart = (spec) => overrides.deployment?.(askedApart(spec)) ?? askedApart(spec);
    this.#declarePeers(me);
    const tasks = { ...overrides.tasks, ...(saved ? { [processName]: this.#saved(me, saved) } : {}) };
    const own = appOf(args, saved && { [processName]: exportTask(saved) });
    const app = new App(name, own, { parent: this, overrides: { ...overrides, deployment, tasks } });
    this.link = app.link;
    this.image = app.image;
    this.url = args.url;
    this.verifyPath = app.verifyPath;
    if (app.hosts) this.hosts = app.hosts;
    this.registerOutputs({ image: this.image, url: this.url });
  }

  /** Opens the way to where the realms are saved, and says how they come there. */
  #saved(me: Member, saved: IdentityExportArgs): TaskOverrides {
    const pods = { matchLabels: { "app.kubernetes.io/name": me.name, [processLabel]: processName } };
    const { endpoint } = saved.to;
    const policies = {
      out: { ...outTo(me.name, endpoint), podSelector: pods },
      ...(endpoint.selector
        ? { in: into({ matchLabels: endpoint.selector }, [{ podSelector: pods }], endpoint.port) }
        : {}),
    };
    this.#declarePolicies(me, "export", policies);
    return { cronJob: (spec) => thenSaved(me, saved, spec) };
  }

  /** Its pods reach each other, and nobody else reaches that port. */
  #declarePeers(me: Member): void {
    const pods = { matchLabels: me.selector };
    const policies = {
      out: outOf(pods, [{ podSelector: pods }], peers),
      in: into(pods, [{ podSelector: pods }], peers),
    };
    this.#declarePolicies(me, "peers", policies);
  }

  #declarePolicies(me: Member, what: string, policies: { [direction: string]: ReturnType<typeof into> }): void {
    for (const [direction, spec] of Object.entries(policies)) {
      const name = `${me.name}-${what}-${direction}`;
      new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, { parent: this });
    }
  }
}
