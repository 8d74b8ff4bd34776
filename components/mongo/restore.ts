import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { restoreOf } from "../../core/rules/relations/backups.ts";
import { fromSecret } from "../access/psql.ts";
import { checkEndpoint } from "../backup/meant.ts";
import { patience } from "../backup/patience.ts";
import { savedAs, type Work, workSpec } from "../backup/pod.ts";
import { restoreMongo } from "../backup/scripts/mongo/restore.ts";
import { storeVariables } from "../backup/store.ts";
import { type Member, member } from "../environment/member.ts";
import { triedAgain, waitedFor } from "../job.ts";
import type { Link } from "../link.ts";
import { refuseBad } from "../refuse.ts";
import { declareWay } from "../workload/way.ts";
import type { MongoArgs, MongoRestoreArgs } from "./args.ts";

/** The link, ready only when what its database begins with is there. */
export function declareRestore(server: Member, args: MongoArgs, link: Link, opts: pulumi.CustomResourceOptions): Link {
  const { restore, environment } = args;
  if (!restore) return link;
  checkEndpoint(`Mongo ${server.name}: restore.from`, restore.from, server);
  const me = member(`${server.name}-restore`, "restore", environment);
  declareWay(me, "database", link, opts);
  declareWay(me, "store", restore.from.endpoint, opts);
  const work = restoreWork(me, restore, link);
  const annotations = { ...triedAgain, [afterAnnotation]: link.ready };
  const metadata = { ...me.metadata(), labels: { ...me.labels, [restoreOf]: link.name }, annotations };
  const spec = workSpec(work);
  refuseBad(me, [{ kind: "Job", args: { metadata, spec } }]);
  const waiting = { ...opts, ...waitedFor(work.deadlineSeconds) };
  return { ...link, ready: new k8s.batch.v1.Job(`${me.name}-job`, { metadata, spec }, waiting).id };
}

function restoreWork(me: Member, args: MongoRestoreArgs, link: Link): Work {
  const { at = "latest", server = link.name, deadlineSeconds = 14_400, storage = me.profile.postgresStorage } = args;
  return {
    me,
    labels: me.labels,
    name: "restore",
    script: restoreMongo,
    image: args.image,
    server: link.name,
    database: link.mongo!.database,
    variables: [
      fromSecret("MONGO_ADDRESS", link.secret!),
      patience(deadlineSeconds),
      ...storeVariables(args.from),
      // The names of backups are times, written shorter.
      { name: "FROM", value: at.replaceAll(/[-:]/g, "") },
      { name: "SOURCE_ENVIRONMENT", value: savedAs(me) },
      { name: "SOURCE_SERVER", value: server },
    ],
    identity: args.identity,
    storage,
    size: me.profile.postgresResources,
    deadlineSeconds,
    retries: 0,
  };
}
