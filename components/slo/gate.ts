import { fastest } from "./burn.ts";
import { rounded, seconds } from "./duration.ts";
import { errorBudget, of, type Watched } from "./watched.ts";

/**
 * What a release gate asks Prometheus: 1 while the last five minutes keep the app within its bounds and burn no budget
 * fast, 0 where they don't, and no answer where nobody asks anything of the app, which is no proof.
 */
export function gateQuery(app: Watched): string {
  const { bounds } = app.settings;
  const errors = Math.min(bounds.errorPercent / 100, fastest * errorBudget(app.settings));
  const kept = [
    `(${of(app, "error_rate")} <= bool ${rounded(errors)})`,
    `(${of(app, "response_time_p95")} <= bool ${seconds(bounds.latency)})`,
  ].join(" * ");
  return `${kept} and ${of(app, "requests_per_second")} > 0`;
}
