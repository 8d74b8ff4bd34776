import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Component, labels, selector } from "../../core/labels.ts";
import type { Profile } from "../../core/profile.ts";
import type { Stage } from "../../core/stage.ts";
import type { EdgeControllerArgs } from "../edge/controllerArgs.ts";
import type { EnvironmentRef } from "./args.ts";
import { checkedProfile } from "./profile.ts";
import { meaningOf } from "./stage.ts";

/** What every component knows of itself in its environment. */
export interface Member {
  readonly name: string;
  readonly system: string;
  readonly stage: Stage;
  readonly profile: Profile;
  readonly namespace: pulumi.Input<string>;
  readonly priorityClassName?: pulumi.Input<string>;
  /** What stands at the edge of the cluster. */
  readonly edge?: EdgeControllerArgs;
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
  /** Metadata of one of its objects. Without a name the provider gives one, another one for each replacement. */
  metadata(name?: string): types.input.meta.v1.ObjectMeta;
}

export function member(name: string, component: Component, environment: EnvironmentRef): Member {
  const { system, namespace, priorityClassName, edge } = environment;
  const stage = meaningOf("environment.stage", environment.stage);
  const own = labels({ name, component, system, stage });
  return {
    name,
    system,
    stage,
    profile: checkedProfile("environment.profile", stage, environment.profile),
    namespace,
    priorityClassName,
    edge,
    labels: own,
    selector: selector({ name, component }),
    metadata: (name) => ({ name, namespace, labels: own }),
  };
}

/** A member whose objects have these annotations. */
export function annotated(me: Member, annotations: Record<string, pulumi.Input<string>>): Member {
  if (Object.keys(annotations).length === 0) return me;
  return { ...me, metadata: (name) => ({ ...me.metadata(name), annotations }) };
}

/** Who and where it is, for those that link to it. */
export function placeOf({ name, system, stage, namespace, selector }: Member) {
  return { name, environment: { system, stage, namespace }, selector };
}

/** Options of a component in an environment: an `Environment` becomes its parent and hands down its cluster. */
export function inEnvironment<O extends pulumi.ComponentResourceOptions>(environment: EnvironmentRef, opts: O): O {
  if (opts.parent || !pulumi.Resource.isInstance(environment)) return opts;
  return { ...opts, parent: environment };
}
