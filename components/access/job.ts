import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { once } from "../job.ts";
import { ownMark } from "./mark.ts";
import { authority, fromSecret, psql, user } from "./psql.ts";
import type { AccessTo } from "./secret.ts";
import { accessSql } from "./sql.ts";

/** The Job that makes an app's roles and grants. */
export function accessJobSpec(to: AccessTo, secret: pulumi.Input<string>): types.input.batch.v1.JobSpec {
  const { me, link, postgres } = to;
  const script = 'printf %s "$SQL" | psql --no-psqlrc --quiet --output /dev/null';
  const container = { name: "access", link, postgres, script, variables: variables(to, secret) };
  return once({
    labels: { ...me.labels, "app.kubernetes.io/component": "access" },
    user,
    deadlineSeconds: 180,
    retries: 3,
    priorityClassName: me.priorityClassName,
    containers: [psql(container)],
    volumes: [authority(container)],
  });
}

function variables({ me, postgres, roles }: AccessTo, secret: pulumi.Input<string>): types.input.core.v1.EnvVar[] {
  return [
    { name: "DATABASE", value: postgres.database },
    { name: "OWNER", value: roles.owner },
    { name: "APP", value: roles.app },
    { name: "LOGIN", value: roles.login },
    fromSecret("LOGIN_PASSWORD", { name: secret, key: "app-password" }),
    { name: "MIGRATOR", value: roles.migrator },
    fromSecret("MIGRATOR_PASSWORD", { name: secret, key: "migrator-password" }),
    { name: "OWN", value: ownMark(me) },
    { name: "EXTENSIONS", value: postgres.extensions.join(",") },
    { name: "SQL", value: accessSql },
  ];
}
