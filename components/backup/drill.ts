import type { Member } from "../environment/member.ts";
import { sized } from "../resources.ts";
import type { AssertionArgs, BackupArgs } from "./args.ts";
import type { Meant } from "./meant.ts";
import { patience } from "./patience.ts";
import type { Work } from "./pod.ts";
import { drill as script } from "./scripts/drill.ts";
import { drillMongo } from "./scripts/mongo/drill.ts";
import { storeVariables } from "./store.ts";

/** One trial of the newest backup. */
export function drillWork(me: Member, args: BackupArgs, all: Meant): Work {
  const { rpoHours, rtoHours, postgres, database } = all;
  const drill = all.drill!;
  // What takes longer than it may is told apart from what hangs.
  const deadlineSeconds = rtoHours * 3600 + 600;
  return {
    me,
    labels: me.labels,
    name: "drill",
    script: postgres ? script : drillMongo,
    image: args.image,
    server: args.of.name,
    database,
    variables: [
      ...storeVariables(args.to),
      { name: "RPO_SECONDS", value: String(rpoHours * 3600) },
      { name: "RTO_SECONDS", value: String(rtoHours * 3600) },
      { name: "ASSERTIONS", value: String(drill.assertions.length) },
      ...drill.assertions.flatMap(assertionVariables),
      ...(postgres ? [] : [patience(deadlineSeconds)]),
    ],
    identity: drill.identity,
    storage: drill.storage,
    size: sized(drill.resources, me.profile.postgresResources),
    deadlineSeconds,
    retries: 0,
  };
}

function assertionVariables({ sql, collection, query, atLeast, atMost }: AssertionArgs, index: number) {
  const asked = collection === undefined ? { SQL: sql } : { COLLECTION: collection, QUERY: query };
  return Object.entries({ ...asked, AT_LEAST: atLeast, AT_MOST: atMost }).map(([part, value]) => ({
    name: `ASSERTION_${index}_${part}`,
    value: String(value ?? ""),
  }));
}
