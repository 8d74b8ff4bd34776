import { type Alert, notice } from "../prometheus/alert.ts";
import { rounded, seconds } from "./duration.ts";
import { of, type Watched } from "./watched.ts";

/** What is told whatever the month's budget says, and that nothing is told. */
export function boundAlerts(app: Watched): Alert[] {
  const { errorPercent, latency, cpuPercent, memoryPercent } = app.settings.bounds;
  const beyond = (alert: string, series: string, bound: number, time: string, what: string): Alert => ({
    alert,
    expr: `${of(app, series)} > ${rounded(bound)}`,
    for: time,
    severity: "warning",
    summary: notice(app, what),
  });
  return [
    beyond("ErrorsHigh", "error_rate", errorPercent / 100, "5m", `more than ${errorPercent} % of the requests fail`),
    beyond("ResponsesSlow", "response_time_p95", seconds(latency)!, "5m", `95 % of the requests take over ${latency}`),
    beyond("CpuHigh", "cpu_usage", cpuPercent / 100, "15m", `a pod takes over ${cpuPercent} % of its CPU request`),
    beyond(
      "MemoryHigh",
      "memory_usage",
      memoryPercent / 100,
      "5m",
      `a pod holds over ${memoryPercent} % of its memory`,
    ),
    {
      alert: "ProbeFails",
      expr: `${of(app, "probe_success")} == 0`,
      for: "2m",
      severity: "critical",
      summary: notice(app, "it does not answer as healthy"),
    },
    {
      alert: "NothingMeasured",
      expr: ["slo:errors:ratio_rate5m", "slo:slow:ratio_rate5m", "probe_success"]
        .map((series) => `absent(${of(app, series)})`)
        .join(" or "),
      for: "15m",
      severity: "warning",
      summary: notice(app, "no requests, no bucket of its latency or no probe is measured, so nothing else can alert"),
    },
  ];
}
