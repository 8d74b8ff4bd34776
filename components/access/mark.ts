import * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";

/**
 * What a role's comment says of whose it is: a server may be another environment's too, or another system's, where an app
 * is named alike.
 */
export function ownMark(me: Member): pulumi.Output<string> {
  return pulumi.interpolate`${claim(me)}/${me.labels["app.kubernetes.io/component"]}/${me.name}`;
}

/** What the comment on a database's owner says of whose the database is, on a server that others may use too. */
export function claim({ namespace }: Member): pulumi.Output<string> {
  return pulumi.interpolate`palier: ${pulumi.getProject()}/${pulumi.getStack()}/${namespace}`;
}
