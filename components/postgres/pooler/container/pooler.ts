import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../../../core/labels.ts";
import { type Member, member } from "../../../environment/member.ts";
import { frozenSecret } from "../../../frozen.ts";
import type { Link } from "../../../link.ts";
import { refuseBad } from "../../../refuse.ts";
import { declareDisruption } from "../../../workload/protection.ts";
import type { PostgresArgs } from "../../args.ts";
import { port } from "../../settings.ts";
import type { PostgresPoolerArgs } from "../args.ts";
import { askingPassword, declareAsking } from "../asking.ts";
import { poolerName, poolerParameters, poolerSettings } from "../settings.ts";
import { pgbouncerIni, userlist } from "./conf.ts";
import { deploymentSpec } from "./deployment.ts";

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
  const asks = me.name;
  const password = askingPassword(me, opts);
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
  const asked = declareAsking(me, server.selector, links, secret, opts).id;
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
