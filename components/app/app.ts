import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { inEnvironment, type Member, member, placeOf } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { checkArguments } from "../shape.ts";
import { checkLinks } from "../workload/checkLinks.ts";
import { declareDeployment } from "../workload/deployment.ts";
import { declareFiles } from "../workload/files.ts";
import { declareLinks, linksTold } from "../workload/links.ts";
import { migrated } from "../workload/migrated.ts";
import { inFromAnywhere } from "../workload/network.ts";
import { overridden } from "../workload/overridden.ts";
import { declareProtection } from "../workload/protection.ts";
import { wired } from "../workload/wired.ts";
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
    const me = member(name, "app", args.environment);
    checkLinks(`App ${name}`, me, args);
    const own = appSettings(args, me);
    const { scale, port } = own;
    super("palier:index:App", name, { scale, links: linksTold(args.links) }, inEnvironment(args.environment, opts));
    const deployment = this.#deployment(me, args, own, opts.overrides);
    const child = { parent: this, dependsOn: deployment };
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: overridden(serviceSpec(me, own, args.nodePort), opts.overrides?.service) },
      child,
    );
    declareProtection(me, own, child);
    this.#openTo(args.nodePort, me, port);
    const ready = pulumi.all([deployment.id, service.id]).apply(() => name);
    this.link = { kind: "app", ...placeOf(me), host: name, port, ready, address: `http://${name}:${port}` };
    this.image = pulumi.output(args.image);
    this.verifyPath = own.health.verify;
    this.registerOutputs({ image: this.image });
  }

  #deployment(me: Member, args: AppArgs, own: AppSettings, overrides: AppOverrides = {}): k8s.apps.v1.Deployment {
    const child = { parent: this };
    const linked = declareLinks(me, args.links ?? {}, child);
    const wiring = wired(me, args, linked, child, { PORT: String(own.port) });
    const ready = migrated(me, args, own.user, wiring, linked, child);
    const files = declareFiles(me, args.featureFlags ?? {}, wiring, child);
    const workload = { me, settings: own, image: args.image, command: args.command, wiring, ...files };
    const process = { ports: [{ name: "http", containerPort: own.port }], ...probes(own) };
    return declareDeployment(workload, process, ready, overrides.deployment, child);
  }

  #openTo(nodePort: number | undefined, me: Member, port: number): void {
    if (nodePort === undefined) return;
    const name = `${me.name}-in`;
    const spec = inFromAnywhere(me.selector, port);
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, { parent: this });
  }
}
