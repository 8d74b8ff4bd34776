import { seconds } from "./duration.ts";
import { failed, slow } from "./recorded.ts";
import { errorBudget, of, slowBudget, type Watched } from "./watched.ts";

/** One of the dashboard's: what it shows by name, and the bound that is drawn into it. */
export interface Panel {
  readonly title: string;
  readonly type: "stat" | "timeseries";
  /** As Grafana names it. */
  readonly unit: string;
  readonly queries: Readonly<Record<string, string>>;
  readonly bound?: number;
}

export function panels(app: Watched): Panel[] {
  const { availability, latency, bounds } = app.settings;
  const series = (...names: string[]) => Object.fromEntries(names.map((name) => [name, of(app, name)]));
  const left = (spent: string, budget: number) => ({ left: `1 - (${spent}) / ${budget}` });
  const share = (title: string, name: string, percent: number): Panel => ({
    title,
    type: "timeseries",
    unit: "percentunit",
    queries: series(name),
    bound: percent / 100,
  });
  return [
    {
      title: `Budget left of ${availability} % without an error, 30 days`,
      type: "stat",
      unit: "percentunit",
      queries: left(failed(app, "30d"), errorBudget(app.settings)),
      bound: 0,
    },
    {
      title: `Budget left of 95 % within ${latency}, 30 days`,
      type: "stat",
      unit: "percentunit",
      queries: left(slow(app, "30d"), slowBudget),
      bound: 0,
    },
    { title: "Healthy, asked each minute", type: "stat", unit: "short", queries: series("probe_success"), bound: 1 },
    { title: "Requests", type: "timeseries", unit: "reqps", queries: series("requests_per_second") },
    share("Requests that fail", "error_rate", bounds.errorPercent),
    {
      title: "Response time",
      type: "timeseries",
      unit: "s",
      queries: series("response_time_p95", "response_time_p99"),
      bound: seconds(bounds.latency),
    },
    {
      title: "Errors in five minutes",
      type: "timeseries",
      unit: "short",
      queries: series("error_count_5xx", "error_count_4xx"),
    },
    share("CPU of the busiest pod, of its request", "cpu_usage", bounds.cpuPercent),
    share("Memory of the fullest pod, of its limit", "memory_usage", bounds.memoryPercent),
  ];
}
