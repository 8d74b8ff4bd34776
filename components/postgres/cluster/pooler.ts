import type { Member } from "../../environment/member.ts";
import { restrictedContainer } from "../../podSecurity.ts";
import { requirements } from "../../resources.ts";
import { hosts, spreadOver } from "../../spread.ts";
import type { PostgresPoolerArgs } from "../pooler/args.ts";
import { poolerParameters, poolerSettings } from "../pooler/settings.ts";
import { podsOf } from "./settings.ts";

/** The operator's Pooler: PgBouncer before the primary, with the servers' own certificate, and for nobody in clear. */
export function poolerSpec(me: Member, args: PostgresPoolerArgs): object {
  const settings = poolerSettings(args, me.profile);
  const { instances, mode, resources } = settings;
  const spread = spreadOver(hosts, podsOf(me.name).poolers);
  return {
    cluster: { name: me.name },
    type: "rw",
    instances,
    pgbouncer: {
      poolMode: mode,
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
