import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { afterAnnotation } from "../../core/labels.ts";
import { client, fromSecret } from "../access/psql.ts";
import { rolesOf } from "../access/roles.ts";
import { sqlJobSpec } from "../access/sqlJob.ts";
import type { Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import { triedAgain } from "../job.ts";
import type { Link, PostgresLink } from "../link.ts";
import { first } from "../secrets/source.ts";
import { readerSql } from "./readerSql.ts";

/** The role by which a database is saved. */
export interface Reader {
  variables: k8s.types.input.core.v1.EnvVar[];
  /** Known when the role is there. */
  ready: pulumi.Output<string>;
}

/** Makes the role, and says how a client connects by it. */
export function declareReader(
  me: Member,
  link: Link,
  postgres: PostgresLink,
  opts: pulumi.CustomResourceOptions,
): Reader {
  const { app: role } = rolesOf(me.name, postgres.database, "backup", first);
  const generated = new random.RandomPassword(`${me.name}-password`, { length: 32, special: false }, opts).result;
  const secret = frozenSecret(`${me.name}-secret`, me, { password: generated }, opts);
  const password = { name: secret, key: "password" };
  const variables = [{ name: "READER", value: role }, fromSecret("READER_PASSWORD", password)];
  const spec = sqlJobSpec({ me, link, postgres, sql: readerSql, variables });
  const metadata = { ...me.metadata(), annotations: { ...triedAgain, [afterAnnotation]: link.ready } };
  const job = new k8s.batch.v1.Job(`${me.name}-job`, { metadata, spec }, opts);
  const login = { user: role, database: postgres.database, password };
  return { variables: client(link, postgres, login), ready: job.id };
}
