import type { Recording } from "../prometheus/ruleGroup.ts";
import { windows } from "./burn.ts";
import { bucket, labelsOf, ofContainers, told, type Watched } from "./watched.ts";

const requests = "http_requests_total";
const duration = "http_request_duration_seconds";
const serverErrors = ["status", "=~", "5.."] as const;
const clientErrors = ["status", "=~", "4.."] as const;

/** What is measured of an app: by the names that AVNIR asks for, and over each window that its budgets are watched by. */
export function recordings(app: Watched): Recording[] {
  const named = Object.entries({ ...performance(app), ...errors(app), ...infrastructure(app) });
  const burnt = windows.flatMap((window) => [
    [`slo:errors:ratio_rate${window}`, failed(app, window)],
    [`slo:slow:ratio_rate${window}`, slow(app, window)],
  ]);
  return [...named, ...burnt].map(([record, expr]) => ({ record: record!, expr: expr!, labels: labelsOf(app) }));
}

/** Times in seconds, as Prometheus has them. */
function performance(app: Watched): Record<string, string> {
  const quantile = (share: number) =>
    `histogram_quantile(${share}, sum by (le) (rate(${told(app, `${duration}_bucket`)}[5m])))`;
  return {
    response_time_p95: quantile(0.95),
    response_time_p99: quantile(0.99),
    requests_per_second: `sum(rate(${told(app, requests)}[5m]))`,
  };
}

/** Of the last five minutes. */
function errors(app: Watched): Record<string, string> {
  const count = (kind: typeof serverErrors | typeof clientErrors) =>
    orNone(app, `sum(increase(${told(app, requests, kind)}[5m]))`, "5m");
  return {
    error_rate: failed(app, "5m"),
    error_count_5xx: count(serverErrors),
    error_count_4xx: count(clientErrors),
  };
}

/** Of the pod that is worst off: an average would hide it. */
function infrastructure(app: Watched): Record<string, string> {
  const share = (used: string, given: string) => `max(sum by (pod) (${used}) / sum by (pod) (${given}))`;
  const asked = (series: string, resource: string) => ofContainers(app, series, ["resource", "=", resource]);
  return {
    cpu_usage: share(
      `rate(${ofContainers(app, "container_cpu_usage_seconds_total")}[5m])`,
      asked("kube_pod_container_resource_requests", "cpu"),
    ),
    memory_usage: share(
      ofContainers(app, "container_memory_working_set_bytes"),
      asked("kube_pod_container_resource_limits", "memory"),
    ),
  };
}

/** Share of the requests that failed by the server's fault. */
export function failed(app: Watched, window: string): string {
  const all = `sum(rate(${told(app, requests)}[${window}]))`;
  return `(${orNone(app, `sum(rate(${told(app, requests, serverErrors)}[${window}]))`, window)}) / ${all}`;
}

/** Share of the requests that took longer than is owed. */
export function slow(app: Watched, window: string): string {
  const within = `sum(rate(${told(app, `${duration}_bucket`, bucket(app.settings.latency))}[${window}]))`;
  return `1 - ${within} / sum(rate(${told(app, `${duration}_count`)}[${window}]))`;
}

/** A counter of errors is not there before the first one: that is none, as long as requests are counted. */
function orNone(app: Watched, count: string, window: string): string {
  return `${count} or 0 * sum(rate(${told(app, requests)}[${window}]))`;
}
