import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import type { Member } from "../environment/member.ts";
import { once, triedAgain, waitedFor } from "../job.ts";
import type { Link, PostgresLink } from "../link.ts";
import { ownMark } from "./mark.ts";
import { authority, type Psql, psql, user } from "./psql.ts";
import { retireSql } from "./retireSql.ts";
import type { Roles } from "./roles.ts";

/** A link to a database, and the roles that it has from now on. */
export interface Granted {
  link: Link;
  postgres: PostgresLink;
  roles: Roles;
  /** Known when the roles are there. */
  ready: pulumi.Output<string>;
}

/**
 * The Job that ends the logins of former rotations, and takes away the roles of links that are gone, on every server that
 * the app still links to. It comes after the rollout: until then pods run that know no other login.
 *
 * @param endSeconds How long a pod of the version before may take to end.
 */
export function declareRetirement(
  me: Member,
  granted: Granted[],
  endSeconds: number,
  opts: pulumi.CustomResourceOptions & { dependsOn: pulumi.Resource[] },
): void {
  if (granted.length === 0) return;
  const metadata = { ...me.metadata(), annotations: triedAgain };
  const deadlineSeconds = 180 + endSeconds;
  const spec = retireSpec(me, granted, endSeconds, deadlineSeconds);
  new k8s.batch.v1.Job(`${me.name}-retire`, { metadata, spec }, { ...opts, ...waitedFor(deadlineSeconds) });
}

function retireSpec(
  me: Member,
  granted: Granted[],
  endSeconds: number,
  deadlineSeconds: number,
): k8s.types.input.batch.v1.JobSpec {
  const variables = variablesOf(me, granted, endSeconds);
  const servers = [...new Map(granted.map((one) => [one.link.name, one])).values()];
  const each = servers.map(({ link, postgres }, index): Psql => {
    return { name: `server-${index + 1}`, link, postgres, script, variables };
  });
  return once({
    labels: { ...me.labels, "app.kubernetes.io/component": "access" },
    // Made anew, and so run again, whenever a link's Job was: what a release that failed has left is then found too.
    annotations: { [afterAnnotation]: pulumi.all(granted.map(({ ready }) => ready)).apply((jobs) => jobs.join(" ")) },
    user,
    deadlineSeconds,
    retries: 3,
    priorityClassName: me.priorityClassName,
    containers: each.map(psql),
    volumes: each.map(authority),
  });
}

const script = `plan=$(mktemp)
printf %s "$SQL" | psql --no-psqlrc --quiet --tuples-only --no-align --output "$plan"
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file "$plan"`;

/** Of all links, to whichever server: a role that one of them has is never taken for one that is left. */
function variablesOf(me: Member, granted: Granted[], endSeconds: number): k8s.types.input.core.v1.EnvVar[] {
  const logins = granted.flatMap(({ roles }) => [roles.login, ...(roles.migrator ? [roles.migrator] : [])]);
  return [
    { name: "OWN", value: ownMark(me) },
    { name: "LOGINS", value: logins.join(",") },
    { name: "ROLES", value: [...new Set([...logins, ...granted.map(({ roles }) => roles.app)])].join(",") },
    { name: "GRACE", value: String(endSeconds) },
    { name: "SQL", value: retireSql },
  ];
}
