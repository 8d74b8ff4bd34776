import type { types } from "@pulumi/kubernetes";
import type { Resources } from "../core/profile.ts";
import { cpu, memory } from "./check.ts";
import { only, optional } from "./shape.ts";

export interface ResourcesArgs {
  /** CPU request, a Kubernetes quantity of 1m–1000. There is no CPU limit: it would throttle and save nothing. */
  cpu?: string;
  /** Memory request and limit, a Kubernetes quantity of 1Mi–1024Ti. */
  memory?: string;
}

export const resources = optional(only<ResourcesArgs>({ cpu: optional(cpu), memory: optional(memory) }));

/** What was asked for, completed from the defaults. */
export function sized(args: ResourcesArgs | undefined, defaults: Resources): Resources {
  return { cpu: args?.cpu ?? defaults.cpu, memory: args?.memory ?? defaults.memory };
}

/** Requests and limits: memory is both, since it can't be taken back; CPU is a request only. */
export function requirements({ cpu, memory }: Resources): types.input.core.v1.ResourceRequirements {
  return { requests: { cpu, memory }, limits: { memory } };
}
