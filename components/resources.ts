import type { types } from "@pulumi/kubernetes";
import type { Resources } from "../core/profile.ts";
import { checkBytes, checkCores } from "./argument.ts";

export interface ResourcesArgs {
  /** CPU request, a Kubernetes quantity. There is no CPU limit: it would throttle and save nothing. */
  cpu?: string;
  /** Memory request and limit, a Kubernetes quantity. */
  memory?: string;
}

/** What was asked for, completed from the defaults and checked. */
export function sized(args: ResourcesArgs | undefined, defaults: Resources): Resources {
  const size = { cpu: args?.cpu ?? defaults.cpu, memory: args?.memory ?? defaults.memory };
  checkCores("resources.cpu", size.cpu);
  checkBytes("resources.memory", size.memory);
  return size;
}

/** Requests and limits: memory is both, since it can't be taken back; CPU is a request only. */
export function requirements({ cpu, memory }: Resources): types.input.core.v1.ResourceRequirements {
  return { requests: { cpu, memory }, limits: { memory } };
}
