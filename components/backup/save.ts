import type { types } from "@pulumi/kubernetes";
import type { Member } from "../environment/member.ts";
import type { BackupArgs } from "./args.ts";
import type { Meant } from "./meant.ts";
import type { Work } from "./pod.ts";
import { save } from "./scripts/save.ts";
import { storeVariables } from "./store.ts";

/** One backup. @param reader How the role connects that may read everything. */
export function saveWork(me: Member, args: BackupArgs, all: Meant, reader: types.input.core.v1.EnvVar[]): Work {
  const { postgres, keep } = all;
  return {
    me,
    labels: me.labels,
    name: "save",
    script: save,
    image: args.image,
    server: args.of.name,
    database: postgres.database,
    variables: [
      ...reader,
      ...storeVariables(args.to),
      { name: "AGE_RECIPIENTS", value: args.recipients.join(" ") },
      { name: "KEEP_DAYS", value: String(keep.days) },
      { name: "KEEP_AT_LEAST", value: String(keep.atLeast) },
    ],
    authority: postgres.authority,
    storage: all.storage,
    size: all.resources,
    deadlineSeconds: all.deadlineSeconds,
    retries: 2,
  };
}
