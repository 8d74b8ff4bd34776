import { administrator, client } from "../access/psql.ts";
import type { Member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import type { RestoreArgs } from "./args.ts";
import { savedAs, type Work } from "./pod.ts";
import { restore as script } from "./scripts/restore.ts";
import { storeVariables } from "./store.ts";

/** What fills a database before anything links to it. */
export function restoreWork(me: Member, args: RestoreArgs, link: Link, room: string): Work {
  const postgres = link.postgres!;
  const { at = "latest" } = args;
  return {
    me,
    labels: me.labels,
    name: "restore",
    script,
    image: args.image,
    server: link.name,
    database: postgres.database,
    variables: [
      ...client(link, postgres, administrator(postgres, postgres.database)),
      ...storeVariables(args.from),
      // The names of backups are times, written shorter.
      { name: "FROM", value: at.replaceAll(/[-:]/g, "") },
      { name: "SOURCE_ENVIRONMENT", value: args.environment ?? savedAs(me) },
      { name: "SOURCE_SERVER", value: args.server ?? link.name },
      { name: "MASK", value: args.mask ?? "" },
    ],
    authority: postgres.authority,
    identity: args.identity,
    storage: args.storage ?? room,
    size: me.profile.postgresResources,
    deadlineSeconds: args.deadlineSeconds ?? 14_400,
    retries: 0,
  };
}
