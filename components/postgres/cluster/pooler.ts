import type * as pulumi from "@pulumi/pulumi";
import { type Member, member } from "../../environment/member.ts";
import { frozenSecret } from "../../frozen.ts";
import type { Link } from "../../link.ts";
import { restrictedContainer } from "../../podSecurity.ts";
import { requirements } from "../../resources.ts";
import { hosts, spreadOver } from "../../spread.ts";
import type { PostgresArgs } from "../args.ts";
import type { PostgresPoolerArgs } from "../pooler/args.ts";
import { askingPassword, declareAsking, secretQuery } from "../pooler/asking.ts";
import { poolerName, poolerParameters, poolerSettings } from "../pooler/settings.ts";
import { declareKind } from "./kinds.ts";
import { podsOf } from "./settings.ts";

/**
 * Declares the operator's Pooler; returns when it takes connections. The role that it asks by is ours: the operator's own may ask in one
 * database alone.
 *
 * @param links The servers' own.
 */
export function declareOperatedPooler(
  servers: Member,
  args: PostgresArgs,
  links: { [database: string]: Link },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const me = member(poolerName(servers.name), "pooler", args.environment);
  const password = askingPassword(me, opts);
  const secret = frozenSecret(`${me.name}-secret`, me, { username: me.name, password }, opts);
  const asking = declareAsking(me, podsOf(servers.name).servers, links, secret, opts);
  const own = { me: servers, opts: { ...opts, dependsOn: asking } };
  return declareKind("Pooler", me.name, own, poolerSpec(servers, args.pooler!, secret)).id.apply(() => me.name);
}

/** PgBouncer before the primary, with the servers' own certificate, and for nobody in clear. */
function poolerSpec(me: Member, args: PostgresPoolerArgs, secret: pulumi.Input<string>): object {
  const settings = poolerSettings(args, me.profile);
  const { instances, mode, resources } = settings;
  const spread = spreadOver(hosts, podsOf(me.name).poolers);
  return {
    cluster: { name: me.name },
    type: "rw",
    instances,
    pgbouncer: {
      poolMode: mode,
      authQuery: secretQuery,
      authQuerySecret: { name: secret },
      parameters: poolerParameters(args, settings),
      pg_hba: ["hostssl all all all scram-sha-256", "host all all all reject"],
    },
    deploymentStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: me.labels },
      spec: {
        priorityClassName: me.priorityClassName,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            name: "pgbouncer",
            image: args.image,
            resources: requirements(resources),
            securityContext: restrictedContainer,
          },
        ],
        ...(instances > 1 ? { topologySpreadConstraints: spread } : {}),
      },
    },
    serviceTemplate: { metadata: { labels: me.labels }, spec: { type: "ClusterIP" } },
  };
}
