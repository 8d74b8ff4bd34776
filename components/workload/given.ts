import type * as pulumi from "@pulumi/pulumi";
import type { Granted } from "../access/retire.ts";
import type { Member } from "../environment/member.ts";
import { usualUser } from "../podSecurity.ts";
import { declareFiles } from "./files.ts";
import { declareLinks } from "./links.ts";
import { type Migrating, migrated } from "./migrated.ts";
import type { Workload } from "./pod.ts";
import { wired } from "./wired.ts";

/** What the processes of one image share: links, secrets, files, the migration that goes before them. */
export interface Given extends Omit<Workload, "settings"> {
  /** The roles that they have in databases. */
  granted: Granted[];
  /** Known when they may start. */
  ready: pulumi.Output<string>;
}

/**
 * @param own Variables of this kind of workload.
 * @param schemaOf The image that migrates.
 */
export function declareGiven(
  me: Member,
  args: Migrating,
  opts: pulumi.ComponentResourceOptions,
  own: { [variable: string]: string } = {},
  schemaOf = args.image,
): Given {
  const { image, command, schema, user = usualUser } = args;
  const linked = declareLinks(me, args.links ?? {}, opts);
  const wiring = wired(me, args, linked, opts, own);
  const ready = migrated(me, { ...args, image: schemaOf }, user, wiring, linked, opts);
  const { granted } = linked;
  const files = declareFiles(me, args, wiring, opts);
  return { me, image, command, schema, user, existing: args.existing, wiring, granted, ready, ...files };
}
