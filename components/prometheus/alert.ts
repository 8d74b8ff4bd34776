/** `critical` wakes somebody up; `warning` waits for the morning. */
export type Severity = "critical" | "warning";

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long it must hold: `5m`. */
  readonly for?: string;
  readonly severity: Severity;
  readonly summary: string;
}

export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** As Prometheus takes it, with a link to what to do about it. */
export function alertRule({ alert, expr, for: time, severity, summary }: Alert, runbooks: string): AlertRule {
  return {
    alert,
    expr,
    ...(time === undefined ? {} : { for: time }),
    labels: { severity },
    annotations: { summary, runbook_url: `${runbooks}/${alert}.md` },
  };
}

/** What is wrong, and with what. */
export function notice({ name, namespace }: { name: string; namespace: string }, what: string): string {
  return `${name} in ${namespace}: ${what}`;
}
