import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { once } from "../job.ts";
import type { AccessTo } from "./secret.ts";
import { accessSql } from "./sql.ts";

type EnvVar = types.input.core.v1.EnvVar;

const authorityFolder = "/etc/palier/authority";
/** Uid of `postgres` in the official image. */
const user = 999;

/** A network policy takes a moment to reach a new pod: until then the server seems away. */
const whenReachable = `tries=0
until pg_isready --quiet || [ "$tries" -ge 60 ]; do tries=$((tries + 1)); sleep 0.5; done
printf %s "$SQL" | psql --no-psqlrc --quiet --output /dev/null`;

/** The Job that makes an app's roles and grants, as the superuser, over a verified connection. */
export function accessJobSpec(to: AccessTo, secret: pulumi.Input<string>): types.input.batch.v1.JobSpec {
  const { me, postgres } = to;
  return once({
    labels: { ...me.labels, "app.kubernetes.io/component": "access" },
    user,
    deadlineSeconds: 180,
    retries: 3,
    priorityClassName: me.priorityClassName,
    container: {
      name: "access",
      image: postgres.image,
      command: ["sh", "-c", whenReachable],
      env: variables(to, secret),
      volumeMounts: [{ name: "authority", mountPath: authorityFolder, readOnly: true }],
    },
    volumes: [{ name: "authority", configMap: { name: postgres.authority.name } }],
  });
}

function variables({ link, postgres, roles }: AccessTo, secret: pulumi.Input<string>): EnvVar[] {
  const from = (name: pulumi.Input<string>, key: string) => ({ secretKeyRef: { name, key } });
  return [
    { name: "PGHOST", value: link.host },
    { name: "PGPORT", value: String(link.port) },
    { name: "PGUSER", value: "postgres" },
    { name: "PGDATABASE", value: "postgres" },
    { name: "PGPASSWORD", valueFrom: from(postgres.admin.name, postgres.admin.key) },
    { name: "PGSSLMODE", value: "verify-full" },
    { name: "PGSSLROOTCERT", value: `${authorityFolder}/${postgres.authority.key}` },
    { name: "PGCONNECT_TIMEOUT", value: "10" },
    { name: "PGOPTIONS", value: "-c client_min_messages=warning" },
    { name: "DATABASE", value: postgres.database },
    { name: "OWNER", value: roles.owner },
    { name: "APP", value: roles.app },
    { name: "APP_PASSWORD", valueFrom: from(secret, "app-password") },
    { name: "MIGRATOR", value: roles.migrator },
    { name: "MIGRATOR_PASSWORD", valueFrom: from(secret, "migrator-password") },
    { name: "EXTENSIONS", value: postgres.extensions.join(",") },
    { name: "SQL", value: accessSql },
  ];
}
