import type { PhaseArgs } from "./phaseArgs.ts";
import type { PreparedArgs } from "./preparedArgs.ts";

/** How many of the requests go to the new release, and for how long that is watched. */
export interface CanaryStepArgs {
  /** Share of the requests in percent, 1–100: more than that of the step before, and 100 in the last. */
  weight: number;
  /** Seconds for which the release is watched under this share, 0–900. */
  seconds: number;
}

/** The Prometheus that knows how an app's requests end: reached by `url` or by `service`, and asked for one of both at least. */
export interface AnalysisPrometheusArgs {
  /** Where it is reached from where `pulumi up` runs: `https://prometheus.example`. */
  url?: string;
  /** Its Service, which is asked through the cluster's API server: `monitoring/prometheus-operated:9090`. */
  service?: string;
  /**
   * PromQL for the requests that fail, in percent; `{{release}}` in it becomes the release, as in `pod=~"api-{{release}}-.*"`.
   * @default none: it is not asked for `errorPercent`
   */
  errorPercent?: string;
  /**
   * PromQL for the time that 95 % of the requests take, in seconds, with `{{release}}` likewise.
   * @default none: it is not asked for `latency`
   */
  latencySeconds?: string;
}

/** Bounds beyond which all requests go back to the old release. */
export interface AnalysisArgs {
  /**
   * Answers that are not well, in percent, 0–100.
   * @default none: only two of one pod in a row count
   */
  errorPercent?: number;
  /**
   * Time that 95 % of the answers take at most, 1ms–60s with its unit.
   * @default none
   */
  latency?: string;
  /**
   * Who has measured it.
   * @default the pods of the release are asked for `smoke` ten times a second, through the cluster's API server
   */
  prometheus?: AnalysisPrometheusArgs;
}

/**
 * A Deployment for each release, beside the one that serves; its share of the requests grows step by step, and is nothing again
 * where it is found wanting. Needs what `blueGreen` needs, and an `edge` that can send a share elsewhere.
 */
export interface CanaryArgs extends PreparedArgs {
  /**
   * Its shares, one after the other, 900 s in all.
   * @default the shares 10, 50 and 100 %, each for the `bakeSeconds` of the profile
   */
  steps?: CanaryStepArgs[];
  /**
   * What is held against it under each share.
   * @default what its pods answer alone, as in a `blueGreen`
   */
  analysis?: AnalysisArgs;
  /**
   * A release that waits for a human between its shares, as the stack's configuration says: `config.getObject("phase")`.
   * @default none: another `image` goes through all steps in one `pulumi up`
   */
  phase?: PhaseArgs;
}
