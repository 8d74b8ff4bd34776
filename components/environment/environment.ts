import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { environmentLabel } from "../../core/labels.ts";
import { profiles } from "../../core/profile.ts";
import type { Stage } from "../../core/stage.ts";
import { checkArguments } from "../shape.ts";
import type { EnvironmentArgs, EnvironmentRef } from "./args.ts";
import { withCluster } from "./cluster.ts";
import { refuseStaleMerge } from "./merged.ts";
import { closed, resolveNames } from "./network.ts";
import { environmentShape, namespaceName } from "./shape.ts";
import { meaningOf } from "./stage.ts";

/**
 * What this stack's name means, and a namespace for it: restricted pod security, no traffic until it is declared, and
 * deletion protected where the profile says so. The other components are its children.
 */
export class Environment extends pulumi.ComponentResource implements EnvironmentRef {
  /** The system, which is the component's name. */
  readonly system: string;
  /** What the environment means: `dev`, `review`, `staging` or `production`. */
  readonly stage: string;
  /** Namespace that holds everything of this environment. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: EnvironmentArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    refuseStaleMerge();
    const { stage, metadata } = meant(name, args);
    super("palier:index:Environment", name, { stage }, withCluster(name, args, opts));
    this.system = name;
    this.stage = stage;
    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata },
      { parent: this, protect: profiles[stage].deletionProtection },
    );
    this.namespace = namespace.metadata.name;
    for (const [role, spec] of Object.entries({ closed, "resolve-names": resolveNames })) {
      const metadata = { name: role, namespace: this.namespace };
      new k8s.networking.v1.NetworkPolicy(`${name}-${role}`, { metadata, spec }, { parent: this });
    }
    this.registerOutputs({ namespace: this.namespace, stage });
  }
}

/** What the arguments come to, and the stack's name where they leave it to that. */
function meant(name: string, args: EnvironmentArgs): { stage: Stage; metadata: k8s.types.input.meta.v1.ObjectMeta } {
  const path = `Environment ${name}`;
  checkArguments("Environment", name, args, environmentShape);
  const stage = meaningOf(`${path}: the stack's name`, args.stage ?? pulumi.getStack());
  const namespace = args.namespace ?? `${name}-${pulumi.getStack()}`;
  namespaceName(`${path}: namespace`, namespace);
  return { stage, metadata: namespaceMetadata(name, stage, namespace) };
}

function namespaceMetadata(system: string, stage: string, name: string): k8s.types.input.meta.v1.ObjectMeta {
  return {
    name,
    labels: {
      "app.kubernetes.io/part-of": system,
      "app.kubernetes.io/managed-by": "palier",
      [environmentLabel]: stage,
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/warn": "restricted",
    },
  };
}
