import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { longestGap } from "../../core/rules/relations/cronGap.ts";
import type { Member } from "../environment/member.ts";
import type { Meant } from "./meant.ts";

interface Watched {
  cronJob: string;
  alert: string;
  hours: number;
  says: string;
}

/** What is late: a run that succeeded is longer ago than may be, or there was none since the CronJob was made. */
export function lateQuery(namespace: string, cronJob: string, hours: number): string {
  const of = `{namespace="${namespace}",cronjob="${cronJob}"}`;
  const last = `kube_cronjob_status_last_successful_time${of} or kube_cronjob_created${of}`;
  return `time() - max by (namespace, cronjob) (${last}) > ${hours * 3600}`;
}

/** Nothing is late that nobody watches. */
export function unwatchedQuery(namespace: string, cronJob: string): string {
  return `absent(kube_cronjob_created{namespace="${namespace}",cronjob="${cronJob}"})`;
}

export function declareAlerts(me: Member, { rpoHours, drill }: Meant, opts: pulumi.CustomResourceOptions): void {
  const watched = [
    { cronJob: me.name, alert: "BackupLate", hours: rpoHours, says: "no backup was saved" },
    ...(drill ? [drillWatched(me.name, drill.schedule)] : []),
  ];
  const groups = pulumi
    .output(me.namespace)
    .apply((namespace) => [{ name: me.name, rules: watched.flatMap((one) => rulesOf(namespace, one)) }]);
  new k8s.apiextensions.CustomResource(
    `${me.name}-alerts`,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: me.metadata(`${me.name}-alerts`),
      spec: { groups },
    },
    opts,
  );
}

/** A day more than its schedule leaves between two. */
function drillWatched(name: string, schedule: string): Watched {
  const hours = Math.min((longestGap(schedule) ?? 0) + 24, 9000);
  return { cronJob: `${name}-drill`, alert: "RestoreDrillLate", hours, says: "no backup was restored for trial" };
}

function rulesOf(namespace: string, { cronJob, alert, hours, says }: Watched) {
  const summary = `${cronJob} in ${namespace}: ${says} for ${hours} hours`;
  const labels = { severity: "critical" };
  const unwatched = `${cronJob} in ${namespace}: kube-state-metrics knows no such CronJob`;
  return [
    { alert, expr: lateQuery(namespace, cronJob, hours), labels, annotations: { summary } },
    {
      alert: `${alert.replace("Late", "")}Unwatched`,
      expr: unwatchedQuery(namespace, cronJob),
      for: "15m",
      labels,
      annotations: { summary: unwatched },
    },
  ];
}
