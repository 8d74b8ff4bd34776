import type { types } from "@pulumi/kubernetes";
import type { Resources } from "../../core/profile.ts";
import type { ContainersArgs, QuotaArgs } from "./boundsArgs.ts";

/** What a container gets that asks for nothing. */
export const usual: Resources = { cpu: "50m", memory: "128Mi" };

/** What all pods may ask for together. Memory is asked for and limited alike. */
export function quotaSpec({ cpu, memory, storage, pods }: QuotaArgs): types.input.core.v1.ResourceQuotaSpec {
  const bounds = {
    "requests.cpu": cpu,
    "requests.memory": memory,
    "limits.memory": memory,
    "requests.storage": storage,
    pods: pods?.toString(),
  };
  const stated = Object.entries(bounds).filter((one): one is [string, string] => one[1] !== undefined);
  return { hard: Object.fromEntries(stated) };
}

/** No most for the processor: it would become the limit of every container that states none, and throttle it. */
export function containersSpec({ cpu, memory, mostMemory }: ContainersArgs): types.input.core.v1.LimitRangeSpec {
  const size = { cpu: cpu ?? usual.cpu, memory: memory ?? usual.memory };
  const most = mostMemory === undefined ? {} : { max: { memory: mostMemory } };
  return { limits: [{ type: "Container", defaultRequest: size, default: { memory: size.memory }, ...most }] };
}
