import * as pulumi from "@pulumi/pulumi";
import { longestGap } from "../../core/rules/relations/cronGap.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Member } from "../environment/member.ts";
import { type Alert, alertRule, notice } from "../prometheus/alert.ts";
import { operated } from "../prometheus/operated.ts";
import type { RuleGroup } from "../prometheus/ruleGroup.ts";
import { prometheusSettings } from "../prometheus/settings.ts";
import { isSkipped } from "../prometheus/skipped.ts";
import type { Meant } from "./meant.ts";

interface Watched {
  cronJob: string;
  /** Begins the names of its alerts. */
  what: "Backup" | "RestoreDrill";
  hours: number;
  says: string;
}

/** Declares what tells of backups and drills that are late, where the environment is watched. */
export function declareAlerts(
  me: Member,
  environment: EnvironmentRef,
  all: Pick<Meant, "rpoHours" | "drill">,
  opts: pulumi.CustomResourceOptions,
): void {
  if (isSkipped(environment, me)) return;
  const { labels, runbooks } = prometheusSettings(environment);
  const groups = pulumi.output(me.namespace).apply((namespace) => backupGroups(me.name, namespace, all, runbooks));
  operated("PrometheusRule", `${me.name}-alerts`, me, { labels, spec: { groups } }, opts);
}

/** What Prometheus alerts by, of one Backup. */
export function backupGroups(
  name: string,
  namespace: string,
  { rpoHours, drill }: Pick<Meant, "rpoHours" | "drill">,
  runbooks: string,
): RuleGroup[] {
  const watched: Watched[] = [
    { cronJob: name, what: "Backup", hours: rpoHours, says: "no backup was saved" },
    ...(drill ? [drillWatched(name, drill.schedule)] : []),
  ];
  const alerts = watched.flatMap((one) => alertsOf(namespace, one));
  return [{ name, rules: alerts.map((alert) => alertRule(alert, runbooks)) }];
}

/** A day more than its schedule leaves between two. */
function drillWatched(name: string, schedule: string): Watched {
  const hours = Math.min((longestGap(schedule) ?? 0) + 24, 9000);
  return { cronJob: `${name}-drill`, what: "RestoreDrill", hours, says: "no backup was restored for trial" };
}

/** Late is a run that succeeded longer ago than may be, or none since the CronJob was made; and nothing is late that nobody watches. */
function alertsOf(namespace: string, { cronJob, what, hours, says }: Watched): Alert[] {
  const of = `{namespace="${namespace}",cronjob="${cronJob}"}`;
  const last = `kube_cronjob_status_last_successful_time${of} or kube_cronjob_created${of}`;
  const named = { name: cronJob, namespace };
  return [
    {
      alert: `${what}Late`,
      expr: `time() - max by (namespace, cronjob) (${last}) > ${hours * 3600}`,
      severity: "critical",
      summary: notice(named, `${says} for ${hours} hours`),
    },
    {
      alert: `${what}Unwatched`,
      expr: `absent(kube_cronjob_created${of})`,
      for: "15m",
      severity: "critical",
      summary: notice(named, "kube-state-metrics knows no such CronJob"),
    },
  ];
}
