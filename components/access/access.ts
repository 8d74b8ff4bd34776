import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import type { Member } from "../environment/member.ts";
import { triedAgain } from "../job.ts";
import type { Link, PostgresLink, SecretKey } from "../link.ts";
import { first } from "../secrets/source.ts";
import { accessJobSpec } from "./job.ts";
import type { Granted } from "./retire.ts";
import type { Right } from "./rights.ts";
import { rolesOf } from "./roles.ts";
import { type AccessTo, accessSecret } from "./secret.ts";

/**
 * One app's way into one database: a role that reads and writes rows, another for its migrations, and the Job in the
 * cluster that makes them. It belongs to the app, so that links need no cycle.
 */
export class Access extends pulumi.ComponentResource {
  /** The address for the app. */
  readonly app: SecretKey;
  /** The address for its migrations; of who may not write, the same. */
  readonly migrator: SecretKey;
  /** Its roles, known to be there when this is `ready`. */
  readonly granted: Granted;

  constructor(
    name: string,
    me: Member,
    variable: string,
    link: Link,
    postgres: PostgresLink,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("palier:index:Access", name, { variable, database: postgres.database }, opts);
    const roles = rolesOf(me.name, postgres.database, variable, link.rotate ?? first, link.role as Right | undefined);
    const to: AccessTo = { me, name, variable, link, postgres, roles };
    const secret = accessSecret(to, { parent: this });
    const spec = accessJobSpec(to, secret);
    const metadata = {
      ...me.metadata(),
      // The server must be there first; what waits for a link waits for its `ready`.
      annotations: { ...triedAgain, [afterAnnotation]: link.ready },
    };
    const job = new k8s.batch.v1.Job(`${name}-job`, { metadata, spec }, { parent: this });
    this.app = { name: secret, key: "app-url" };
    this.migrator = { name: secret, key: roles.migrator ? "migrator-url" : "app-url" };
    this.granted = { link, postgres, roles, ready: job.id };
    this.registerOutputs({ ready: job.id });
  }
}
