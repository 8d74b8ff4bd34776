import type { types } from "@pulumi/kubernetes";
import type { Member } from "../environment/member.ts";
import type { BackupArgs } from "./args.ts";
import type { Meant } from "./meant.ts";
import type { Work } from "./pod.ts";
import { saveMongo } from "./scripts/mongo/save.ts";
import { save } from "./scripts/save.ts";
import { storeVariables } from "./store.ts";

/** How often one backup is tried, within its deadline. */
export const tries = 3;

/** One backup. @param reader How whoever may read everything connects. */
export function saveWork(me: Member, args: BackupArgs, all: Meant, reader: types.input.core.v1.EnvVar[]): Work {
  const { postgres, database, keep } = all;
  return {
    me,
    labels: me.labels,
    name: "save",
    script: postgres ? save : saveMongo,
    image: args.image,
    server: args.of.name,
    database,
    variables: [
      ...reader,
      ...storeVariables(args.to),
      { name: "AGE_RECIPIENTS", value: args.recipients.join(" ") },
      { name: "KEEP_DAYS", value: String(keep.days) },
      { name: "KEEP_AT_LEAST", value: String(keep.atLeast) },
    ],
    authority: postgres?.authority,
    storage: all.storage,
    size: all.resources,
    deadlineSeconds: all.deadlineSeconds,
    retries: tries - 1,
  };
}
