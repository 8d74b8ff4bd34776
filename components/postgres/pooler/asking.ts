import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { afterAnnotation } from "../../../core/labels.ts";
import { fromSecret } from "../../access/psql.ts";
import { sqlJobSpec } from "../../access/sqlJob.ts";
import type { Member } from "../../environment/member.ts";
import { triedAgain } from "../../job.ts";
import type { Link } from "../../link.ts";
import { into, outOf } from "../../workload/network.ts";
import { port } from "../settings.ts";
import { askSql } from "./askSql.ts";

/** What a pooler asks the server with for the secrets of those who come. */
export const secretQuery = "SELECT role, secret FROM palier_pooler.secret_of($1)";

export function askingPassword(me: Member, opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
  return new random.RandomPassword(`${me.name}-password`, { length: 32, special: false }, opts).result;
}

/**
 * The role of the poolers' name, and what it may ask, in each database.
 *
 * @param servers Labels of the servers' pods. @param links The server's own. @param secret Holds the role's password as `password`.
 */
export function declareAsking(
  me: Member,
  servers: { [label: string]: string },
  links: { [database: string]: Link },
  secret: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.Job {
  declareWays(me, servers, opts);
  const [link] = Object.values(links) as [Link];
  const password = fromSecret("POOLER_PASSWORD", { name: secret, key: "password" });
  const variables = [{ name: "POOLER", value: me.name }, password];
  const spec = sqlJobSpec({ me, link, postgres: link.postgres!, sql: askSql(Object.keys(links)), variables });
  const ready = pulumi.all(Object.values(links).map((one) => one.ready)).apply((all) => all.join(" "));
  const metadata = { ...me.metadata(), annotations: { ...triedAgain, [afterAnnotation]: ready } };
  return new k8s.batch.v1.Job(`${me.name}-job`, { metadata, spec }, opts);
}

/** Poolers and their Jobs reach the server, and nothing else. */
function declareWays(me: Member, servers: { [label: string]: string }, opts: pulumi.CustomResourceOptions): void {
  const own = { matchLabels: { "app.kubernetes.io/name": me.name } };
  const to = { matchLabels: servers };
  const policies = {
    "server-out": outOf(own, [{ podSelector: to }], port),
    "server-in": into(to, [{ podSelector: own }], port),
  };
  for (const [role, spec] of Object.entries(policies)) {
    const name = `${me.name}-${role}`;
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  }
}
