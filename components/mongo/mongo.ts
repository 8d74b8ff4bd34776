import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { inEnvironment, member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { externalLink } from "../outside/external.ts";
import { checkArguments } from "../shape.ts";
import type { MongoArgs } from "./args.ts";
import { declareRestore } from "./restore.ts";
import { mongoShape } from "./shape.ts";

/**
 * A MongoDB that somebody else runs. An app that links to it gets its address, with the credentials, from a Secret, and the
 * way out to its port alone.
 *
 * @remarks
 * - Nothing is made in it: users and its version (6 or later) are its own people's. Give each environment a database and a user
 *   of its own.
 * - A [Backup](backup.md) saves its `database` by `mongodump`, collection after collection: what is written meanwhile may be in one and not
 *   in another. Whoever needs one moment of all takes its own people's backups too.
 * - It is tried here with MongoDB's own driver and database tools on FerretDB, which speaks MongoDB's protocol: MongoDB's own server
 *   could not be had, and was not run.
 * - The address is read by nothing here but by what saves and restores. See that it asks for TLS: `mongodb+srv://` does, `mongodb://` does with `tls=true`.
 */
export class Mongo extends pulumi.ComponentResource {
  /** How to use it. */
  readonly link: Link;

  constructor(name: string, args: MongoArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Mongo", name, args, mongoShape);
    const me = member(name, "mongo", args.environment);
    const { host, port = 27017, cidrs, address, database } = args;
    tell({ kind: "Mongo", name, args, profile: me.profile, complete: () => ({ port }) });
    super("palier:index:Mongo", name, { host, port }, inEnvironment(args.environment, opts));
    const link: Link = {
      ...externalLink("mongo", me, { host, port, cidrs }, address),
      ...(database && { mongo: { database } }),
    };
    this.link = declareRestore(me, args, link, { parent: this });
    this.registerOutputs({ host, port });
  }
}
