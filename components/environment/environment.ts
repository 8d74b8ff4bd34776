import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Profile } from "../../core/profile.ts";
import type { Stage } from "../../core/stage.ts";
import { tell } from "../../core/told.ts";
import { controllerArguments } from "../edge/asArguments.ts";
import type { EdgeControllerArgs } from "../edge/controllerArgs.ts";
import { namespaceName } from "../names.ts";
import { checkArguments } from "../shape.ts";
import type { EnvironmentArgs, EnvironmentRef, ProfileArgs, PrometheusArgs } from "./args.ts";
import { containersSpec, quotaSpec } from "./bounds.ts";
import { clusterOf, withCluster } from "./cluster.ts";
import type { ClusterArgs } from "./clusterArgs.ts";
import { edgeOf } from "./edge.ts";
import { expiry } from "./expiry.ts";
import { refuseStaleMerge } from "./merged.ts";
import { withMonitoring } from "./monitoring.ts";
import { namedOnce } from "./namedOnce.ts";
import { namespaceMetadata } from "./namespace.ts";
import { closed, resolveNames } from "./network.ts";
import { declarePeople } from "./people.ts";
import { declarePriorityClass } from "./priorityClass.ts";
import { checkedProfile } from "./profile.ts";
import { reviewOf } from "./review.ts";
import { environmentShape } from "./shape.ts";
import { meaningOf } from "./stage.ts";

/**
 * What this stack's name means, and a namespace for it: restricted pod security, no traffic until it is declared, and
 * deletion protected where the profile says so. The other components are its children.
 *
 * @remarks
 * - Another name, stack or `namespace` is another namespace: everything in it is made anew, and the old one goes with its
 *   data. Where the profile protects it, Pulumi refuses that.
 * - `pulumi destroy` refuses to remove the namespace of staging and production; `--exclude-protected` removes the rest.
 * - A network policy that is removed opens nothing: the one that closes the namespace stays as long as the namespace.
 */
export class Environment extends pulumi.ComponentResource implements EnvironmentRef {
  /** The system, which is the component's name. */
  readonly system: string;
  /** What the environment means: `dev`, `review`, `staging` or `production`. */
  readonly stage: string;
  /** Namespace that holds everything of this environment. */
  readonly namespace: pulumi.Output<string>;
  /** What the system has otherwise than the environment's profile says. */
  declare readonly profile?: ProfileArgs;
  /** Name of the PriorityClass of every pod; undefined for the cluster's. */
  declare readonly priorityClassName?: pulumi.Output<string>;
  /** What stands at the edge of its cluster; undefined for nothing. */
  declare readonly edge?: EdgeControllerArgs;
  /** The cluster's Prometheus; undefined as each of its arguments is by default. */
  declare readonly prometheus?: PrometheusArgs;
  /** The cluster by its kubeconfig; undefined where a provider of the caller's own says which one it is. */
  declare readonly cluster?: ClusterArgs;
  /** When a review environment may be taken away, such as `2026-11-28T17:30:00.000Z`; undefined for one that stays. */
  declare readonly expires?: pulumi.Output<string>;

  constructor(name: string, args: EnvironmentArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    refuseStaleMerge();
    const { stage, own, profile, metadata, edge, expires, quota } = meant(name, args);
    tellOf(name, args, profile, { stage, namespace: metadata.name, edge: edge && controllerArguments(edge) });
    super("palier:index:Environment", name, { stage, profile: own }, namedOnce(withCluster(name, args, opts)));
    this.system = name;
    this.stage = stage;
    if (own) this.profile = own;
    if (edge) this.edge = edge;
    if (args.prometheus) this.prometheus = args.prometheus;
    const cluster = clusterOf(args, opts);
    if (cluster) this.cluster = cluster;
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata },
      { parent: this, protect: profile.deletionProtection },
    );
    this.namespace = namespace.metadata.name;
    const { ttlHours } = profile;
    if (ttlHours !== undefined) {
      this.expires = namespace.metadata.creationTimestamp.apply((created) => expires ?? expiry(created, ttlHours));
    }
    this.#closeAndBound({ quota, containers: args.containers });
    declarePeople(name, this.namespace, args.people?.[stage] ?? {}, { parent: this });
    if (args.priorityClass) this.priorityClassName = declarePriorityClass(name, args.priorityClass, { parent: this });
    this.registerOutputs({ namespace: this.namespace, stage, expires: this.expires });
  }

  #closeAndBound({ quota, containers }: Bounds): void {
    const child = { parent: this };
    const named = (role: string) => ({ name: role, namespace: this.namespace });
    for (const [role, spec] of Object.entries({ closed, "resolve-names": resolveNames })) {
      new k8s.networking.v1.NetworkPolicy(`${this.system}-${role}`, { metadata: named(role), spec }, child);
    }
    if (quota) {
      const bounds = { metadata: named("quota"), spec: quotaSpec(quota) };
      new k8s.core.v1.ResourceQuota(`${this.system}-quota`, bounds, child);
    }
    // With a quota, a pod that asked for nothing would be refused.
    if (quota || containers) {
      const bounds = { metadata: named("containers"), spec: containersSpec(containers ?? {}) };
      new k8s.core.v1.LimitRange(`${this.system}-containers`, bounds, child);
    }
  }
}

type Bounds = { [Bound in "quota" | "containers"]: EnvironmentArgs[Bound] | undefined };

interface Meant extends Pick<Bounds, "quota"> {
  stage: Stage;
  own: ProfileArgs | undefined;
  profile: Profile;
  metadata: k8s.types.input.meta.v1.ObjectMeta;
  edge: EdgeControllerArgs | undefined;
  expires: string | undefined;
}

/** What the arguments come to, and the stack's name where they leave it to that. */
function meant(name: string, args: EnvironmentArgs): Meant {
  const path = `Environment ${name}`;
  checkArguments("Environment", name, args, environmentShape);
  const stage = meaningOf(`${path}: the stack's name`, args.stage ?? pulumi.getStack());
  const namespace = args.namespace ?? `${name}-${pulumi.getStack()}`;
  namespaceName(`${path}: namespace`, namespace);
  const own = withMonitoring(args.profiles?.[stage]);
  const usual = checkedProfile(`${path}: profiles.${stage}`, stage, own);
  const { hours, expires, quota } = reviewOf(stage);
  const ttlHours = usual.ttlHours && (hours ?? args.reviewHours ?? usual.ttlHours);
  const metadata = namespaceMetadata({ system: name, stage, ttlHours, expires }, namespace);
  const edge = edgeOf(args);
  return { stage, own, profile: { ...usual, ttlHours }, metadata, edge, expires, quota: args.quota ?? quota };
}

/** A kubeconfig may be its whole text, with whatever it lets in by: nobody is told of it. */
function tellOf(name: string, { kubeconfig, ...args }: EnvironmentArgs, profile: Profile, chosen: object): void {
  const complete = ({ deletionProtection, ttlHours }: Profile) => ({
    ...chosen,
    deletionProtection,
    ...(ttlHours === undefined ? {} : { reviewHours: ttlHours }),
  });
  tell({ kind: "Environment", name, args, profile, complete });
}
