import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { afterAnnotation } from "../../core/labels.ts";
import { claim } from "../access/mark.ts";
import { client, fromSecret } from "../access/psql.ts";
import { rolesOf } from "../access/roles.ts";
import { sqlJobSpec } from "../access/sqlJob.ts";
import { annotated, type Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import { triedAgain } from "../job.ts";
import type { Link, PostgresLink, SecretKey } from "../link.ts";
import { rotationDay } from "../secrets/rotationDay.ts";
import { first } from "../secrets/source.ts";
import { patience } from "./patience.ts";
import { readerSql } from "./readerSql.ts";
import { tries } from "./save.ts";

/** By whom a database is saved. */
export interface Reader {
  variables: k8s.types.input.core.v1.EnvVar[];
  /** Known when it can be. */
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
  const password = readerPassword(me, link, opts);
  const variables = [
    { name: "READER", value: role },
    fromSecret("READER_PASSWORD", password),
    { name: "CLAIM", value: link.outside ? claim(me) : "" },
  ];
  const spec = sqlJobSpec({ me, link, postgres, sql: readerSql, variables });
  const metadata = { ...me.metadata(), annotations: { ...triedAgain, [afterAnnotation]: link.ready } };
  const job = new k8s.batch.v1.Job(`${me.name}-job`, { metadata, spec }, opts);
  const login = { user: role, database: postgres.database, password };
  return { variables: client(link, postgres, login), ready: job.id };
}

/** Another rotation sets another password: a dump that runs has connected already, and the next one knows it. */
function readerPassword(me: Member, { rotate = first }: Link, opts: pulumi.CustomResourceOptions): SecretKey {
  const name = rotate === first ? `${me.name}-password` : `${me.name}-password-${rotate}`;
  const password = new random.RandomPassword(name, { length: 32, special: false }, opts).result;
  const secret = frozenSecret(`${me.name}-secret`, annotated(me, rotationDay([rotate])), { password }, opts);
  return { name: secret, key: "password" };
}

/** A MongoDB has the users that its own people made: it is saved by whom its address names. */
export function ownAddress({ secret, ready }: Link, deadlineSeconds: number): Reader {
  const variables = [fromSecret("MONGO_ADDRESS", secret!), patience(deadlineSeconds / tries)];
  return { variables, ready: pulumi.output(ready) };
}
