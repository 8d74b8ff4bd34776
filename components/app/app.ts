import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { inEnvironment, type Member, member } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import type { Link } from "../link.ts";
import { Migration } from "../migration/migration.ts";
import { refuseBad } from "../refuse.ts";
import { Secrets } from "../secrets/secrets.ts";
import { checkArguments } from "../shape.ts";
import type { Wiring } from "../wiring.ts";
import type { AppArgs } from "./args.ts";
import { autoscalerSpec } from "./autoscaler.ts";
import { deploymentSpec, rolloutSeconds, type Workload } from "./deployment.ts";
import { disruptionBudgetSpec } from "./disruptionBudget.ts";
import { flagsFile, flagsFolder, flagsJson } from "./flags.ts";
import { checkDatabaseLinks, declareLinks, type Linked } from "./links.ts";
import { inFromAnywhere } from "./network.ts";
import { type AppOptions, type AppOverrides, overridden } from "./overrides.ts";
import { serviceSpec } from "./service.ts";
import { type Settings, settings } from "./settings.ts";
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
    const own = settings(args, me);
    const { scale, port } = own;
    super(
      "palier:index:App",
      name,
      { scale, links: Object.keys(args.links ?? {}) },
      inEnvironment(args.environment, opts),
    );
    const child = { parent: this };
    const linked = declareLinks(me, args.links ?? {}, child);
    const wiring = this.#wiring(me, args, own, linked);
    const migrated = this.#migration(me, args, own, wiring, linked);
    const workload = {
      me,
      settings: own,
      image: args.image,
      command: args.command,
      wiring,
      ...this.#files(me, args, wiring),
    };
    const deployment = this.#deployment(workload, migrated, opts.overrides);
    const service = new k8s.core.v1.Service(
      `${name}-service`,
      { metadata: me.metadata(name), spec: overridden(serviceSpec(me, own, args.nodePort), opts.overrides?.service) },
      { ...child, dependsOn: deployment },
    );
    this.#protection(me, args, own, deployment);
    const ready = pulumi.all([deployment.id, service.id]).apply(() => name);
    this.link = { host: name, port, selector: me.selector, ready, address: `http://${name}:${port}` };
    this.image = pulumi.output(args.image);
    this.verifyPath = own.health.verify;
    this.registerOutputs({ image: this.image });
  }

  /** Everything the containers are given from outside. */
  #wiring({ name, stage, profile }: Member, args: AppArgs, own: Settings, linked: Linked): Wiring {
    const values = args.secrets ?? {};
    const keys = Object.keys(values);
    const secrets = keys.length
      ? new Secrets(`${name}-secrets`, { environment: args.environment, values }, { parent: this })
      : undefined;
    return {
      variables: {
        PORT: String(own.port),
        NODE_ENV: stage === "dev" || stage === "review" ? "development" : "production",
        ENVIRONMENT: stage,
        SERVICE_NAME: name,
        LOG_LEVEL: profile.logLevel,
        FEATURE_FLAGS_FILE: `${flagsFolder}/${flagsFile}`,
        ...linked.variables,
        ...args.variables,
      },
      secrets: { ...linked.app, ...Object.fromEntries(keys.map((key) => [key, { name: secrets!.secret, key }])) },
      authorities: linked.authorities,
    };
  }

  /** Known when the schema fits the image: the workload starts after it. */
  #migration(me: Member, args: AppArgs, own: Settings, wiring: Wiring, linked: Linked): pulumi.Output<string> {
    if (!args.migrate) return linked.ready;
    const migration = new Migration(
      `${me.name}-migrate`,
      {
        ...wiring,
        secrets: { ...wiring.secrets, ...linked.migrator },
        ...args.migrate,
        environment: args.environment,
        app: me.name,
        image: args.image,
        user: own.user,
        after: linked.ready,
      },
      { parent: this },
    );
    return migration.ready.apply(() => "migrated");
  }

  /** What the pods mount and who they are. */
  #files(me: Member, args: AppArgs, wiring: Wiring) {
    const { name } = me;
    const flags = new k8s.core.v1.ConfigMap(
      `${name}-flags`,
      { metadata: me.metadata(`${name}-flags`), data: { [flagsFile]: flagsJson(args.featureFlags ?? {}) } },
      { parent: this },
    );
    const account = new k8s.core.v1.ServiceAccount(
      `${name}-account`,
      { metadata: me.metadata(name), automountServiceAccountToken: false },
      { parent: this },
    );
    return {
      flags: flags.metadata.name,
      serviceAccount: account.metadata.name,
      variables: frozenConfigMap(`${name}-variables`, me, wiring.variables, { parent: this }),
    };
  }

  #deployment(
    workload: Workload,
    migrated: pulumi.Output<string>,
    overrides: AppOverrides = {},
  ): k8s.apps.v1.Deployment {
    const { me, settings } = workload;
    const timeout = `${rolloutSeconds(settings)}s`;
    const spec = overridden(deploymentSpec(workload), overrides.deployment);
    const scales = settings.scale.max > settings.scale.min;
    // Where no autoscaler is left, the count it has set is taken back: without force the API server calls that a conflict.
    const takesOver: Record<string, string> = scales ? {} : { "pulumi.com/patchForce": "true" };
    const metadata = { ...me.metadata(me.name), annotations: { [afterAnnotation]: migrated, ...takesOver } };
    const variables = { metadata: { name: workload.variables }, data: workload.wiring.variables };
    refuseBad(me, [
      { kind: "Deployment", args: { metadata, spec } },
      { kind: "ConfigMap", args: variables },
    ]);
    return new k8s.apps.v1.Deployment(
      me.name,
      { metadata, spec },
      {
        parent: this,
        customTimeouts: { create: timeout, update: timeout },
        // The autoscaler's own count stands: the declared one would undo it at every update.
        ignoreChanges: scales ? ["spec.replicas"] : [],
      },
    );
  }

  /** What keeps enough of it running, and everybody else out. */
  #protection(me: Member, args: AppArgs, own: Settings, deployment: k8s.apps.v1.Deployment): void {
    const { name } = me;
    const child = { parent: this, dependsOn: deployment };
    const metadata = me.metadata(name);
    if (own.scale.max > own.scale.min) {
      new k8s.autoscaling.v2.HorizontalPodAutoscaler(
        `${name}-autoscaler`,
        { metadata, spec: autoscalerSpec(name, own) },
        child,
      );
    }
    new k8s.policy.v1.PodDisruptionBudget(`${name}-disruption`, { metadata, spec: disruptionBudgetSpec(me) }, child);
    if (args.nodePort !== undefined) {
      const spec = inFromAnywhere(me.selector, own.port);
      new k8s.networking.v1.NetworkPolicy(
        `${name}-in`,
        { metadata: me.metadata(`${name}-in`), spec },
        { parent: this },
      );
    }
  }
}
