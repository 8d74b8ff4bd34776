import type { RuleGroup } from "../../../components/prometheus/ruleGroup.ts";

/** How an app does, as its metrics tell it. */
export interface App {
  /** Shares of the users' requests. */
  failing: number;
  missing: number;
  slow: number;
  /** Shares of what a pod asked for. */
  cpu: number;
  memory: number;
  /** Whether the probe finds it well. */
  up: 0 | 1;
  perMinute: number;
  /** Whether its metrics are read at all. */
  isTold: boolean;
}

/** What is otherwise, after so many hours of health, for so many. */
export type Otherwise = Partial<App> & { after?: number; hours?: number };

export const healthy: App = {
  failing: 0,
  missing: 0,
  slow: 0,
  cpu: 0.3,
  memory: 0.5,
  up: 1,
  perMinute: 600,
  isTold: true,
};

const request = 'namespace="shop-production",job="api",pod="api-5d4f-x2x9z"';
const container = 'namespace="shop-production",pod="api-5d4f-x2x9z",container="app"';

/** Bounds of buckets, and the share of good requests and of slow ones that are within. */
const buckets: [string, number, number][] = [
  ["0.5", 1, 0],
  ["2", 1, 0],
  ["5", 1, 1],
  ["+Inf", 1, 1],
];

/**
 * Its series, a sample a minute: healthy for an hour and then as told, for as many hours as that is, and healthy again. Machines
 * ask it as often as its users do, and always get their answer.
 */
export function seriesOf({ after = 1, hours = 1, ...otherwise }: Otherwise) {
  const bad: App = { ...healthy, ...otherwise };
  const phases = [
    { app: { ...healthy, perMinute: bad.perMinute === 0 ? 0 : healthy.perMinute }, minutes: after * 60 },
    { app: bad, minutes: hours * 60 },
    { app: healthy, minutes: 60 },
  ];
  const counter = (perMinute: (app: App) => number) => {
    let sum = 0;
    return phases
      .filter(({ minutes }) => minutes > 0)
      .map(({ app, minutes }) => {
        const [from, step] = [sum, perMinute(app)];
        sum += step * minutes;
        return app.isTold ? `${from}+${step}x${minutes - 1}` : `_x${minutes}`;
      })
      .join(" ");
  };
  const gauge = (value: (app: App) => number) =>
    phases
      .filter(({ minutes }) => minutes > 0)
      .map(({ app, minutes }) => `${value(app)}+0x${minutes - 1}`)
      .join(" ");
  const requests = (status: string, share: (app: App) => number) => ({
    series: `http_requests_total{${request},route="/api/notes",status="${status}"}`,
    values: counter((app) => Math.round(app.perMinute * share(app))),
  });
  return [
    requests("200", ({ failing, missing }) => 1 - failing - missing),
    ...(bad.failing > 0 ? [requests("503", ({ failing }) => failing)] : []),
    ...(bad.missing > 0 ? [requests("404", ({ missing }) => missing)] : []),
    { series: `http_requests_total{${request},route="/ready",status="200"}`, values: counter(() => 6000) },
    ...buckets.map(([le, good, late]) => ({
      series: `http_request_duration_seconds_bucket{${request},route="/api/notes",le="${le}"}`,
      values: counter(({ perMinute, slow }) => Math.round(perMinute * (good * (1 - slow) + late * slow))),
    })),
    {
      series: `http_request_duration_seconds_count{${request},route="/api/notes"}`,
      values: counter(({ perMinute }) => perMinute),
    },
    { series: `container_cpu_usage_seconds_total{${container}}`, values: counter(({ cpu }) => cpu * 60 * 0.1) },
    { series: `kube_pod_container_resource_requests{${container},resource="cpu"}`, values: gauge(() => 0.1) },
    { series: `container_memory_working_set_bytes{${container}}`, values: gauge(({ memory }) => memory * 1000) },
    { series: `kube_pod_container_resource_limits{${container},resource="memory"}`, values: gauge(() => 1000) },
    { series: 'probe_success{namespace="shop-production",app="api"}', values: gauge(({ up }) => up) },
  ];
}

export function alertNames(groups: readonly RuleGroup[]): string[] {
  return groups.flatMap(({ rules }) => rules).flatMap((rule) => ("alert" in rule ? [rule.alert] : []));
}
