import * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";

/**
 * What a role's comment says of whose it is: a server may be another environment's too, or another system's, where an app
 * is named alike.
 */
export function ownMark({ namespace, labels, name }: Member): pulumi.Output<string> {
  const stack = `${pulumi.getProject()}/${pulumi.getStack()}`;
  return pulumi.interpolate`palier: ${stack}/${namespace}/${labels["app.kubernetes.io/component"]}/${name}`;
}
