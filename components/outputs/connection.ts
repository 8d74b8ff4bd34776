import * as pulumi from "@pulumi/pulumi";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Link } from "../link.ts";

/** How somebody who may use the cluster reaches a store from their own machine. */
export interface Connection {
  /** Command that lets the store answer on 127.0.0.1, at its own port. */
  command: pulumi.Output<string>;
  /** Name of the Secret, in the environment's namespace, under whose key `password` it stands; it is never told. */
  secret: pulumi.Output<string>;
}

/** Undefined for what no Secret lets in, and for what is not in the cluster. */
export function connectionTo(
  { host, port, postgres, secret, outside }: Link,
  { namespace }: EnvironmentRef,
): Connection | undefined {
  const name = (postgres?.admin ?? secret)?.name;
  if (name === undefined || outside) return undefined;
  return {
    command: pulumi.interpolate`kubectl --namespace ${namespace} port-forward service/${host} ${port}:${port}`,
    secret: pulumi.output(name),
  };
}
