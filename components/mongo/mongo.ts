import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { inEnvironment, member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { externalLink } from "../outside/external.ts";
import { checkArguments } from "../shape.ts";
import type { MongoArgs } from "./args.ts";
import { mongoShape } from "./shape.ts";

/**
 * A MongoDB that somebody else runs. An app that links to it gets its address, with the credentials, from a Secret, and the
 * way out to its port alone.
 *
 * @remarks
 * - Nothing is made in it: users, backups and its version (6 or later) are its own people's. Give each environment a
 *   database and a user of its own.
 * - It is tried here with MongoDB's own driver on FerretDB, which speaks MongoDB's protocol: MongoDB's own server and `mongodump` are
 *   packages of nobody here, and were not run. Nothing here saves it: `mongodump` by a `CronTask`, or its own people's backups.
 * - The address is read by nothing here. See that it asks for TLS: `mongodb+srv://` does, `mongodb://` does with `tls=true`.
 */
export class Mongo extends pulumi.ComponentResource {
  /** How to use it. */
  readonly link: Link;

  constructor(name: string, args: MongoArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Mongo", name, args, mongoShape);
    const me = member(name, "mongo", args.environment);
    const { host, port = 27017, cidrs, address } = args;
    tell({ kind: "Mongo", name, args, profile: me.profile, complete: () => ({ port }) });
    super("palier:index:Mongo", name, { host, port }, inEnvironment(args.environment, opts));
    this.link = externalLink("mongo", me, { host, port, cidrs }, address);
    this.registerOutputs({ host, port });
  }
}
