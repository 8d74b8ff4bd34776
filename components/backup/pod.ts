import type { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Resources } from "../../core/profile.ts";
import { authorityFolder, user } from "../access/psql.ts";
import type { Member } from "../environment/member.ts";
import { once } from "../job.ts";
import type { ConfigMapKey, SecretKey } from "../link.ts";

type EnvVar = types.input.core.v1.EnvVar;

const identityFolder = "/etc/palier/age";
const workFolder = "/work";

/** A script over one database's backups. */
export interface Work {
  me: Member;
  labels: Record<string, string>;
  /** What it does, in a word: `save`. */
  name: string;
  script: string;
  image: pulumi.Input<string>;
  /** The server, and its database. */
  server: string;
  database: string;
  variables: EnvVar[];
  /** Certificate of the server's authority, for what connects to one. */
  authority?: ConfigMapKey;
  /** The key, for what opens backups. */
  identity?: SecretKey;
  storage: string;
  size: Resources;
  deadlineSeconds: number;
  retries: number;
}

/** The Job that runs it once. */
export function workSpec(work: Work): types.input.batch.v1.JobSpec {
  const { me, authority, identity } = work;
  const folders = [
    ...(authority ? [{ name: "authority", mountPath: authorityFolder, readOnly: true }] : []),
    ...(identity ? [{ name: "identity", mountPath: identityFolder, readOnly: true }] : []),
    { name: "work", mountPath: workFolder },
  ];
  return once({
    labels: work.labels,
    // By its name, which initdb asks for.
    user,
    deadlineSeconds: work.deadlineSeconds,
    retries: work.retries,
    priorityClassName: me.priorityClassName,
    size: work.size,
    containers: [
      {
        name: work.name,
        image: work.image,
        command: ["sh", "-c", work.script],
        env: [...subject(work), ...work.variables],
        volumeMounts: folders,
      },
    ],
    volumes: [
      ...(authority ? [{ name: "authority", configMap: { name: authority.name } }] : []),
      ...(identity ? [{ name: "identity", secret: keyFile(identity) }] : []),
      { name: "work", emptyDir: { sizeLimit: work.storage } },
    ],
  });
}

/** Whose backups they are: reviews are many, and each has its own. */
export function savedAs({ stage }: Member): string {
  return stage === "review" ? pulumi.getStack() : stage;
}

function subject({ me, server, database, identity }: Work): EnvVar[] {
  return [
    { name: "SYSTEM", value: me.system },
    { name: "ENVIRONMENT", value: savedAs(me) },
    { name: "SERVER", value: server },
    { name: "DATABASE", value: database },
    { name: "WORK", value: workFolder },
    ...(identity ? [{ name: "AGE_IDENTITY_FILE", value: `${identityFolder}/identity` }] : []),
  ];
}

function keyFile({ name, key }: SecretKey): types.input.core.v1.SecretVolumeSource {
  return { secretName: name, defaultMode: 0o440, items: [{ key, path: "identity" }] };
}

export interface Schedule {
  schedule: string;
  timeZone: string;
  /** What the schedule is of: a label by which the rules know it. */
  labels: Record<string, string>;
}

export function cronJobSpec(work: Work, { schedule, timeZone, labels }: Schedule): types.input.batch.v1.CronJobSpec {
  return {
    schedule,
    timeZone,
    concurrencyPolicy: "Forbid",
    // A cluster that was away at the hour makes up for it, once.
    startingDeadlineSeconds: 5400,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
    jobTemplate: { metadata: { labels }, spec: workSpec(work) },
  };
}
