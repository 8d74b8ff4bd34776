import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { AssertionArgs, BackupArgs } from "./args.ts";
import type { Meant } from "./meant.ts";
import type { Work } from "./pod.ts";
import { drill as script } from "./scripts/drill.ts";
import { storeVariables } from "./store.ts";

/** One trial of the newest backup. */
export function drillWork(me: Member, args: BackupArgs, all: Meant): Work {
  const { rpoHours, rtoHours, postgres } = all;
  const drill = all.drill!;
  return {
    me,
    labels: me.labels,
    name: "drill",
    script,
    image: args.image,
    server: args.of.name,
    database: postgres.database,
    variables: [
      ...storeVariables(args.to),
      { name: "RPO_SECONDS", value: String(rpoHours * 3600) },
      { name: "RTO_SECONDS", value: String(rtoHours * 3600) },
      { name: "ASSERTIONS", value: String(drill.assertions.length) },
      ...drill.assertions.flatMap(assertionVariables),
    ],
    identity: drill.identity,
    storage: drill.storage,
    size: sized(drill.resources, me.profile.postgresResources),
    // What takes longer than it may is told apart from what hangs.
    deadlineSeconds: rtoHours * 3600 + 600,
    retries: 0,
  };
}

function assertionVariables({ sql, atLeast, atMost }: AssertionArgs, index: number) {
  const bounds = { SQL: sql, AT_LEAST: atLeast, AT_MOST: atMost };
  return Object.entries(bounds).map(([part, value]) => ({
    name: `ASSERTION_${index}_${part}`,
    value: String(value ?? ""),
  }));
}
