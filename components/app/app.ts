import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { inEnvironment, type Member, member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { checkArguments } from "../shape.ts";
import { declareDeployment } from "../workload/deployment.ts";
import { declareGiven } from "../workload/given.ts";
import { checkDatabaseLinks } from "../workload/links.ts";
import { inFromAnywhere } from "../workload/network.ts";
import { overridden } from "../workload/overridden.ts";
import { declareProtection } from "../workload/protection.ts";
import type { AppArgs } from "./args.ts";
import type { AppOptions, AppOverrides } from "./overrides.ts";
import { probes } from "./probes.ts";
import { serviceSpec } from "./service.ts";
import { type AppSettings, appSettings } from "./settings.ts";
import { appShape } from "./shape.ts";

/**
 * A web process in any number of replicas, right by default: restricted pod security, probes apart, an orderly end, a
 * rollout that never has fewer pods that answer, and no traffic but what its links and `nodePort` declare.
 */
export class App extends pulumi.ComponentResource {
  /** How other apps use it. */
  readonly link: Link;
  /** The image that runs. */
  readonly image: pulumi.Output<string>;
  /** Path that tells whether the whole system works. */
  readonly verifyPath: string;

  constructor(name: string, args: AppArgs, opts: AppOptions = {}) {
    checkArguments("App", name, args, appShape);
    checkDatabaseLinks(name, args.links ?? {});
    const me = member(name, "app", args.environment);
    const own = appSettings(args, me);
    const { scale, port } = own;
    super(
      "palier:index:App",
      name,
      { scale, links: Object.keys(args.links ?? {}) },
      inEnvironment(args.environment, opts),
    );
    const deployment = this.#deployment(me, args, own, opts.overrides);
    const child = { parent: this, dependsOn: deployment };
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: overridden(serviceSpec(me, own, args.nodePort), opts.overrides?.service) },
      child,
    );
    declareProtection(me, own, opts.overrides ?? {}, child);
    this.#openTo(args.nodePort, me, port);
    const ready = pulumi.all([deployment.id, service.id]).apply(() => name);
    this.link = { host: name, port, selector: me.selector, ready, address: `http://${name}:${port}` };
    this.image = pulumi.output(args.image);
    this.verifyPath = own.health.verify;
    this.registerOutputs({ image: this.image });
  }

  #deployment(me: Member, args: AppArgs, own: AppSettings, overrides: AppOverrides = {}): k8s.apps.v1.Deployment {
    const child = { parent: this };
    const given = declareGiven(me, args, child, { PORT: String(own.port) });
    const process = { ports: [{ name: "http", containerPort: own.port }], ...probes(own) };
    return declareDeployment({ ...given, settings: own }, process, given.ready, overrides.deployment, child);
  }

  #openTo(nodePort: number | undefined, me: Member, port: number): void {
    if (nodePort === undefined) return;
    const name = `${me.name}-in`;
    const spec = inFromAnywhere(me.selector, port);
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, { parent: this });
  }
}
