import type { types } from "@pulumi/kubernetes";
import type { Member } from "../environment/member.ts";
import { once } from "../job.ts";
import type { Link, PostgresLink } from "../link.ts";
import { authority, psql, user } from "./psql.ts";

/** Statements that a server's superuser runs once. */
export interface SqlJob {
  /** Whose pod it is, for the network policies to the server. */
  me: Member;
  link: Link;
  postgres: PostgresLink;
  sql: string;
  /** What the statements read from their environment, beside `DATABASE`. */
  variables: types.input.core.v1.EnvVar[];
}

/** The Job that runs them in the cluster. */
export function sqlJobSpec({ me, link, postgres, sql, variables }: SqlJob): types.input.batch.v1.JobSpec {
  const container = {
    name: "access",
    link,
    postgres,
    script: 'printf %s "$SQL" | psql --no-psqlrc --quiet --output /dev/null',
    variables: [{ name: "DATABASE", value: postgres.database }, ...variables, { name: "SQL", value: sql }],
  };
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
