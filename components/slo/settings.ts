import type { BoundsArgs, SloArgs } from "./args.ts";

export type SloSettings = Required<Omit<SloArgs, "probe" | "bounds">> &
  Pick<SloArgs, "probe"> & { bounds: Required<BoundsArgs> };

/** What an app owes its users, completed: its bounds are those that AVNIR alerts by. */
export function sloSettings({ availability, latency = "2s", bounds = {}, metricsPath = "/metrics", probe }: SloArgs) {
  const { errorPercent = 1, latency: bound = "2s", cpuPercent = 80, memoryPercent = 85 } = bounds;
  const settings: SloSettings = {
    availability,
    latency,
    bounds: { errorPercent, latency: bound, cpuPercent, memoryPercent },
    metricsPath,
    probe,
  };
  return settings;
}
