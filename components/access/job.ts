import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { claim, ownMark } from "./mark.ts";
import { fromSecret } from "./psql.ts";
import { granted } from "./rights.ts";
import type { AccessTo } from "./secret.ts";
import { accessSql } from "./sql.ts";
import { sqlJobSpec } from "./sqlJob.ts";

/** The Job that makes an app's roles and grants. */
export function accessJobSpec(to: AccessTo, secret: pulumi.Input<string>): types.input.batch.v1.JobSpec {
  const { me, link, postgres, roles } = to;
  const { tables, sequences } = granted[roles.right];
  const variables = [
    { name: "OWNER", value: roles.owner },
    { name: "APP", value: roles.app },
    { name: "LOGIN", value: roles.login },
    fromSecret("LOGIN_PASSWORD", { name: secret, key: "app-password" }),
    { name: "MIGRATOR", value: roles.migrator ?? "" },
    ...(roles.migrator ? [fromSecret("MIGRATOR_PASSWORD", { name: secret, key: "migrator-password" })] : []),
    { name: "TABLES", value: tables },
    { name: "SEQUENCES", value: sequences },
    { name: "MONITOR", value: String(roles.right === "monitor") },
    { name: "OWN", value: ownMark(me) },
    { name: "CLAIM", value: link.outside ? claim(me) : "" },
    { name: "EXTENSIONS", value: postgres.extensions.join(",") },
  ];
  return sqlJobSpec({ me, link, postgres, sql: accessSql, variables });
}
