import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster, Live } from "../../core/cluster/cluster.ts";

import { type DrillRecord, drillRecord } from "../../core/records/drillRecord.ts";
import { restoreOf } from "../../core/rules/relations/backups.ts";
import { readOptions } from "../options.ts";
import { appsIn } from "../releases/apps.ts";
import { unanswered } from "../releases/unanswered.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";
import { drillHelp, drillOptions, journalFor, stageFor, writeDown } from "./rehearsed.ts";

const usage = `palier drill restore [options] STACK

Rehearses a restore at once: runs the drill of a Backup, which restores the newest backup into a server of its own that ends with the pod,
and asks it what was asserted. No data is touched. It says how old the backup was (RPO) and what the restore took (RTO).
  STACK                 the environment: staging
  --drill NAME          which CronJob (default: each drill of the environment)
  --minutes N           so long one may take at most (default: 60)
${drillHelp}

Exit code: 0 all passed, 1 one failed or took too long, 2 there is none, or it can't be told.`;

const options = { ...drillOptions, drill: { type: "string" }, minutes: { type: "string", default: "60" } } as const;

/** `palier drill restore`. Resolves to the exit code. */
export async function drillRestore(argv: string[], everyMs = 1000): Promise<number> {
  const { values, positionals } = readOptions("drill restore", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0 && minutes <= 1440))
    throw new UsageError(`--minutes "${values.minutes}". Allowed: above 0, to 1440.`);
  const place = stageFor(positionals, values, "restore");
  const drills = await drillsIn(place.cluster, values.drill);
  const inUse = (await appsIn(place.cluster)).map(({ image }) => image);
  const journal = await journalFor(place, values, inUse);
  const found: Drilled[] = [];
  for (const one of drills) found.push(await drilled(place.cluster, one, minutes * 60, everyMs));
  const rows = found.map(({ name, record }) => [
    ...[name, record?.result ?? "failed", secondsIn(record?.rpoSeconds), secondsIn(record?.rtoSeconds)],
    record?.backup ?? "",
  ]);
  for (const line of table([["drill", "result", "RPO s", "RTO s", "backup"], ...rows])) console.log(line);
  for (const { name, why } of found) if (why) console.error(`palier: ${name} failed: ${why}.`);
  const failed = found.some(({ why }) => why !== undefined);
  const records = found.flatMap(({ record }) => record ?? []);
  const proof = { result: failed ? "failed" : "passed", at: records[0]?.at ?? new Date().toISOString() } as const;
  await writeDown(journal, records.length === 1 ? records[0]! : records, { gate: "backup", ...proof });
  return failed ? 1 : 0;
}

interface Drilled {
  readonly name: string;
  readonly record?: DrillRecord;
  readonly why?: string;
}

const secondsIn = (seconds: number | undefined) => (seconds === undefined ? "–" : String(seconds));

async function drillsIn(cluster: Cluster, name: string | undefined): Promise<Live[]> {
  const all = await cluster.list("CronJob").catch((error) => {
    throw unanswered(cluster, error);
  });
  const drills = all.filter(({ metadata }) => metadata.labels?.[restoreOf] !== undefined);
  const found = drills.filter(({ metadata }) => name === undefined || metadata.name === name);
  if (found.length > 0) return found;
  const names = drills.map(({ metadata }) => metadata.name).join(", ") || "none";
  throw new UsageError(
    `${cluster.namespace} has no drill${name ? ` "${name}"` : ""}; there are: ${names}. See drill of Backup.`,
  );
}

/** Runs one at once, and waits for its end. */
async function drilled(cluster: Cluster, cronJob: Live, mostSeconds: number, everyMs: number): Promise<Drilled> {
  const { name } = cronJob.metadata;
  const { metadata, spec } = cronJob["spec"].jobTemplate;
  const job = `${name.slice(0, 50)}-now-${randomBytes(3).toString("hex")}`;
  console.log(`${name}: the Job ${job} runs`);
  await cluster.apply("Job", { metadata: { name: job, labels: metadata?.labels ?? {} }, spec }, "palier-drill");
  const until = Date.now() + mostSeconds * 1000;
  for (;;) {
    const conditions: { type: string; status: string }[] =
      (await cluster.get("Job", job))?.["status"]?.conditions ?? [];
    const ended = conditions.some(({ type, status }) => /^(Complete|Failed)$/.test(type) && status === "True");
    if (ended) return told(name, await logOf(cluster, job));
    if (Date.now() > until) return { name, why: `the Job ${job} has not ended after ${mostSeconds} s` };
    await sleep(everyMs);
  }
}

async function logOf(cluster: Cluster, job: string): Promise<string> {
  const pods = await cluster.list("Pod", { "batch.kubernetes.io/job-name": job });
  return (await Promise.all(pods.map(({ metadata }) => cluster.log(metadata.name, 50)))).join("\n");
}

/** Its one line of JSON. */
function told(name: string, log: string): Drilled {
  for (const line of log.split("\n").filter((one) => one.startsWith("{"))) {
    try {
      const record = drillRecord.parse(JSON.parse(line));
      return record.result === "passed" ? { name, record } : { name, record, why: record.reason ?? "it failed" };
    } catch {}
  }
  return { name, why: `it told no record: ${log.trim().split("\n").at(-1) || "its log is empty"}` };
}
