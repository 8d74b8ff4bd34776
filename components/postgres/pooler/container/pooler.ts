import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { afterAnnotation } from "../../../../core/labels.ts";
import { fromSecret } from "../../../access/psql.ts";
import { sqlJobSpec } from "../../../access/sqlJob.ts";
import { type Member, member } from "../../../environment/member.ts";
import { frozenSecret } from "../../../frozen.ts";
import { triedAgain } from "../../../job.ts";
import type { Link } from "../../../link.ts";
import { refuseBad } from "../../../refuse.ts";
import { into, outOf } from "../../../workload/network.ts";
import { declareDisruption } from "../../../workload/protection.ts";
import type { PostgresArgs } from "../../args.ts";
import { port } from "../../settings.ts";
import type { PostgresPoolerArgs } from "../args.ts";
import { poolerParameters, poolerSettings } from "../settings.ts";
import { askSql } from "./askSql.ts";
import { pgbouncerIni, userlist } from "./conf.ts";
import { deploymentSpec } from "./deployment.ts";

/** By what a server's poolers are known: their Service, and a label of their pods. */
export const poolerName = (server: string): string => `${server}-pooler`;

/** Declares PgBouncer before one server of ours; returns when its poolers take connections. @param links The server's own. */
export function declarePooler(
  server: Member,
  args: PostgresArgs,
  links: { [database: string]: Link },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const pooler = args.pooler!;
  const me = member(poolerName(server.name), "pooler", args.environment);
  const [databases, settings] = [Object.keys(args.databases), poolerSettings(pooler, me.profile)];
  declareWays(me, server, opts);
  const asks = me.name;
  const password = new random.RandomPassword(`${me.name}-password`, { length: 32, special: false }, opts).result;
  const secret = frozenSecret(
    `${me.name}-secret`,
    me,
    {
      password,
      "userlist.txt": password.apply((value) => userlist(asks, value)),
      "pgbouncer.ini": pgbouncerIni(conf(server, pooler, databases, asks, settings)),
    },
    opts,
  );
  const asked = declareAsking(me, links, { asks, secret }, opts);
  const told = { server: server.name, opens: settings.size * databases.length };
  const { admin, authority } = Object.values(links)[0]!.postgres!;
  // The server's certificate names them too.
  const mounted = { settings: secret, certificate: admin.name, authority: authority.name };
  const metadata = {
    ...me.metadata(),
    annotations: { [afterAnnotation]: asked },
  };
  const spec = deploymentSpec(me, pooler.image, settings, told, mounted);
  refuseBad(me, [{ kind: "Deployment", args: { metadata, spec } }]);
  const deployment = new k8s.apps.v1.Deployment(me.name, { metadata: { ...metadata, name: me.name }, spec }, opts);
  if (settings.instances > 1) declareDisruption(me, undefined, opts);
  const service = new k8s.core.v1.Service(
    `${me.name}-service`,
    { metadata: me.metadata(me.name), spec: { selector: me.selector, ports: [{ name: "postgres", port }] } },
    { ...opts, dependsOn: deployment },
  );
  return pulumi.all([deployment.id, service.id]).apply(() => me.name);
}

function conf(
  { name }: Member,
  pooler: PostgresPoolerArgs,
  databases: string[],
  asks: string,
  settings: ReturnType<typeof poolerSettings>,
): Parameters<typeof pgbouncerIni>[0] {
  return { host: name, port, databases, mode: settings.mode, asks, parameters: poolerParameters(pooler, settings) };
}

/** The role by which it asks, and what it may ask, in each database. */
function declareAsking(
  me: Member,
  links: { [database: string]: Link },
  { asks, secret }: { asks: string; secret: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const [link] = Object.values(links) as [Link];
  const variables = [{ name: "POOLER", value: asks }, fromSecret("POOLER_PASSWORD", { name: secret, key: "password" })];
  const spec = sqlJobSpec({ me, link, postgres: link.postgres!, sql: askSql(Object.keys(links)), variables });
  const ready = pulumi.all(Object.values(links).map((one) => one.ready)).apply((all) => all.join(" "));
  const metadata = { ...me.metadata(), annotations: { ...triedAgain, [afterAnnotation]: ready } };
  return new k8s.batch.v1.Job(`${me.name}-job`, { metadata, spec }, opts).id;
}

/** Poolers and their Jobs reach the server, and nothing else. */
function declareWays(me: Member, server: Member, opts: pulumi.CustomResourceOptions): void {
  const own = { matchLabels: { "app.kubernetes.io/name": me.name } };
  const servers = { matchLabels: server.selector };
  const policies = {
    "server-out": outOf(own, [{ podSelector: servers }], port),
    "server-in": into(servers, [{ podSelector: own }], port),
  };
  for (const [role, spec] of Object.entries(policies)) {
    const name = `${me.name}-${role}`;
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  }
}
