import type * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { ResourcesArgs } from "../resources.ts";

export interface RedisArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /** An image that keeps the contract of the official `redis` image, version 7 or later; a reference with its digest. */
  image: pulumi.Input<string>;
  /** What it is for: `queue` (nothing is evicted, kept on disk), `cache` (evicts, forgets) or `session` (evicts what ends first, kept on disk). */
  purpose: string;
  /**
   * Size of the volume of a persistent purpose, a Kubernetes quantity of 1Mi–1024Ti.
   * @default 1Gi
   */
  storage?: string;
  /**
   * What the instance asks for; three quarters of the memory hold data, the rest is headroom for writing it to disk.
   * @default cpu 50m, memory 128Mi
   */
  resources?: ResourcesArgs;
}
