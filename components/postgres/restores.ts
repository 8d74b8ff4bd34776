import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { restoreOf } from "../../core/rules/relations/backups.ts";
import { ArgumentError, below } from "../argument.ts";
import type { RestoreArgs } from "../backup/args.ts";
import { checkEndpoint } from "../backup/meant.ts";
import { workSpec } from "../backup/pod.ts";
import { restoreWork } from "../backup/restore.ts";
import { type Member, member } from "../environment/member.ts";
import { triedAgain, waitedFor } from "../job.ts";
import type { Link } from "../link.ts";
import { refuseBad } from "../refuse.ts";
import { declareWay } from "../workload/way.ts";
import type { PostgresArgs } from "./args.ts";

/** A Job's pods carry its name as a label, of 63 characters at most. */
const longestPods = 63 - "-job-1a2b3c4d".length;

const podsOf = (server: string, database: string) => `${server}-${database.replaceAll("_", "-")}-restore`;

/** Refuses a restore that can't be. @param path The component as errors name it: `Postgres db`. */
export function checkRestores(path: string, me: Member, { databases }: PostgresArgs): void {
  for (const [database, { restore }] of Object.entries(databases)) {
    if (!restore) continue;
    const at = below(below(`${path}: databases`, database), "restore");
    const own = podsOf(me.name, database);
    if (own.length > longestPods) {
      const reason = `"${own}" has ${own.length} characters, and the name of its pods has room for ${longestPods}; shorten the server's`;
      throw new ArgumentError(at, reason);
    }
    checkEndpoint(below(at, "from"), restore.from, me);
    const { environment = me.stage } = restore;
    if (environment !== me.stage && restore.mask === undefined) {
      const reason = `is missing; a backup of ${environment} holds what people left there, and this is ${me.stage}: give the SQL that takes it out`;
      throw new ArgumentError(below(at, "mask"), reason);
    }
  }
}

/** The links, each ready only when what its database begins with is there. */
export function declareRestores(
  me: Member,
  { databases, environment, storage }: PostgresArgs,
  links: { [database: string]: Link },
  opts: pulumi.CustomResourceOptions,
): { [database: string]: Link } {
  const room = storage ?? me.profile.postgresStorage;
  const restored = Object.entries(links).map(([database, link]) => {
    const { restore } = databases[database]!;
    if (!restore) return [database, link] as const;
    const pods = member(podsOf(me.name, database), "restore", environment);
    return [database, { ...link, ready: declareRestore(pods, restore, link, room, opts) }] as const;
  });
  return Object.fromEntries(restored);
}

function declareRestore(
  me: Member,
  args: RestoreArgs,
  link: Link,
  room: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  declareWay(me, "database", link, opts);
  declareWay(me, "store", args.from.endpoint, opts);
  const work = restoreWork(me, args, link, room);
  const annotations = { ...triedAgain, [afterAnnotation]: link.ready };
  const metadata = { ...me.metadata(), labels: { ...me.labels, [restoreOf]: link.name }, annotations };
  const spec = workSpec(work);
  refuseBad(me, [{ kind: "Job", args: { metadata, spec } }]);
  return new k8s.batch.v1.Job(`${me.name}-job`, { metadata, spec }, { ...opts, ...waitedFor(work.deadlineSeconds) }).id;
}
