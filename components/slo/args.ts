/** Bounds beyond which somebody is told, whatever the month's budget says. */
export interface BoundsArgs {
  /**
   * Requests that fail, in percent over five minutes, above 0 and below 100.
   * @default 1
   */
  errorPercent?: number;
  /**
   * Time that 95 % of the requests take at most over five minutes, 1ms–60s with its unit.
   * @default "2s"
   */
  latency?: string;
  /**
   * What the busiest pod takes of its CPU request over five minutes, 1–1000 %.
   * @default 80
   */
  cpuPercent?: number;
  /**
   * What the fullest pod holds of its memory limit, 1–100 %.
   * @default 85
   */
  memoryPercent?: number;
}

/**
 * What an app owes its users, from which its recording rules, alerts, dashboard and the query of a release gate are
 * made. Read are the counter `http_requests_total`, by its label `status`, and the histogram
 * `http_request_duration_seconds`; probes and metrics themselves do not count, by the label `route`.
 */
export interface SloArgs {
  /** Requests in percent that are answered without a fault of the server's, above 0 and below 100: `99.9`. */
  availability: number;
  /**
   * Time within which 95 % of the requests are answered, 1ms–60s with its unit: `"200ms"`. It must be a bound of the
   * histogram's buckets, or an alert says that nothing is measured.
   * @default "2s"
   */
  latency?: string;
  /**
   * Bounds beyond which somebody is told, whatever the month's budget says.
   * @default as each of them
   */
  bounds?: BoundsArgs;
  /**
   * Path on which the app tells its metrics.
   * @default "/metrics"
   */
  metricsPath?: string;
  /**
   * Address that is asked each minute, from wherever the blackbox exporter stands.
   * @default the verify path of its Service, from inside the cluster
   */
  probe?: string;
}
