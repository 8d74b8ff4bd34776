import * as pulumi from "@pulumi/pulumi";
import type { BackupStoreArgs } from "../../backup/args.ts";
import { savedAs } from "../../backup/pod.ts";
import type { Member } from "../../environment/member.ts";
import { frozenSecret } from "../../frozen.ts";
import type { PostgresArchiveArgs, PostgresClusterArgs } from "./args.ts";
import { type Declare, declareKind } from "./kinds.ts";

/** The plugin that archives, and reads archives. */
const plugin = "barman-cloud.cloudnative-pg.io";

/** Where an environment's archives are: no other environment's are below it. */
export function archivePath(me: Member, { bucket, prefix }: BackupStoreArgs): string {
  return ["s3:/", bucket, ...(prefix === undefined ? [] : [prefix]), me.system, savedAs(me), ""].join("/");
}

/** The archive of everything that is written, as the cluster's own part says it, with what it names. */
export function declareArchive(declare: Declare, archive: Required<PostgresArchiveArgs>): object {
  const { me } = declare;
  const name = `${me.name}-archive`;
  const { encryption, keepDays } = archive;
  const how = { compression: "gzip", ...(encryption === "none" ? {} : { encryption }) };
  const configuration = { ...storeOf(declare, name, archive.to), wal: { ...how, maxParallel: 4 }, data: how };
  declareKind("ObjectStore", name, declare, { configuration, retentionPolicy: `${keepDays}d` });
  return { plugins: [{ name: plugin, isWALArchiver: true, parameters: { barmanObjectName: name } }] };
}

/** The copies of the whole, once the cluster is there. */
export function declareSchedule(declare: Declare, { schedule }: Required<PostgresArchiveArgs>): void {
  const { me } = declare;
  declareKind("ScheduledBackup", `${me.name}-archive-schedule`, declare, {
    // The operator writes seconds first.
    schedule: schedule.startsWith("@") ? schedule : `0 ${schedule}`,
    immediate: true,
    backupOwnerReference: "cluster",
    cluster: { name: me.name },
    method: "plugin",
    pluginConfiguration: { name: plugin },
  });
}

/** What the servers begin with: a moment in an archive, or nothing but what the operator makes for itself. */
export function bootstrapOf(declare: Declare, { restore }: PostgresClusterArgs): object {
  if (!restore) return { bootstrap: { initdb: nothingOfItsOwn } };
  const { me } = declare;
  const name = `${me.name}-restored`;
  const { server = me.name, targetTime, from } = restore;
  declareKind("ObjectStore", name, declare, { configuration: storeOf(declare, name, from) });
  return {
    bootstrap: {
      recovery: { source: name, ...(targetTime ? { recoveryTarget: { targetTime: asReadAtStart(targetTime) } } : {}) },
    },
    externalClusters: [{ name, plugin: { name: plugin, parameters: { barmanObjectName: name, serverName: server } } }],
  };
}

/** Postgres reads its settings before it knows the names of time zones, of which `Z` is one, and the operator hands on what is written so. */
function asReadAtStart(moment: string): string {
  return moment.replace("T", " ").replace("Z", "+00");
}

/** The operator makes a database and its owner in any case: here nobody logs in to it. Links make their own. */
const unused = "operator_unused";
const nothingOfItsOwn = {
  database: unused,
  owner: unused,
  dataChecksums: true,
  encoding: "UTF8",
  postInitSQL: [`ALTER ROLE ${unused} NOLOGIN`],
};

/** The plugin takes even the region from a Secret. */
function storeOf({ me, opts }: Declare, name: string, store: BackupStoreArgs): object {
  const { endpoint, region, credentials } = store;
  const secret = frozenSecret(`${name}-region`, me, { region }, opts);
  return {
    destinationPath: archivePath(me, store),
    endpointURL: pulumi.output(endpoint.address!),
    s3Credentials: {
      accessKeyId: credentials.id,
      secretAccessKey: credentials.secret,
      region: { name: secret, key: "region" },
    },
  };
}
