import { kindOf, shown, wrong } from "../argument.ts";
import { type Check, pattern, whole } from "../check.ts";
import { only, optional } from "../shape.ts";
import type { BoundsArgs, SloArgs } from "./args.ts";
import { latency } from "./duration.ts";

/** A share that is neither nothing nor all. */
const percent: Check = (path, value) => {
  const allowed = "a number above 0 and below 100";
  if (typeof value !== "number") throw wrong(path, kindOf(value), allowed);
  if (!(value >= 0.0001 && value <= 99.9999)) throw wrong(path, shown(value), `${allowed}, to four decimals`);
};

export const slo = optional(
  only<SloArgs>({
    availability: percent,
    latency: optional(latency),
    bounds: optional(
      only<BoundsArgs>({
        errorPercent: optional(percent),
        latency: optional(latency),
        cpuPercent: optional(whole(1, 1000)),
        memoryPercent: optional(whole(1, 100)),
      }),
    ),
    metricsPath: optional(pattern(/^\/[^\s?#]{0,1023}$/, "a path that begins with /, without a query")),
    probe: optional(
      pattern(
        /^https?:\/\/[^\s/@]+(\/\S*)?$/,
        "an address such as https://shop.example/health, without name and password",
      ),
    ),
  }),
);
