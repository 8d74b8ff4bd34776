import { ArgumentError } from "../argument.ts";
import { type Check, pattern, whole } from "../check.ts";
import { labelKey, labelValue } from "../names.ts";
import { all, map, only, optional } from "../shape.ts";
import type { QueueArgs, ScaleArgs } from "./args.ts";

const targets = ["cpuPercent", "memoryPercent", "requestsPerSecond", "queue"] as const;

/** One count in every environment leaves nothing to scale; where a profile says so, the targets stand for the others. */
const somethingToScale: Check = (path, value) => {
  const scale = value as ScaleArgs;
  const given = targets.find((target) => scale[target] !== undefined);
  if (given === undefined || scale.min === undefined || scale.min !== scale.max) return;
  const reason = `min and max are both ${scale.min}, and ${given} is what to aim at between them; leave ${given} out, or raise max`;
  throw new ArgumentError(path, reason);
};

const replicas = optional(whole(1, 1000));
const window = optional(whole(0, 3600));

const queue = only<QueueArgs>({
  metric: pattern(/^[a-zA-Z_][-.\w]{0,199}$/, "a metric's name of letters, digits, dashes, dots and underscores"),
  labels: optional(map(labelKey, labelValue)),
  perReplica: whole(1, 1_000_000),
});

export const scaleShape = all(
  only<ScaleArgs>({
    min: replicas,
    max: replicas,
    cpuPercent: optional(whole(1, 100)),
    memoryPercent: optional(whole(1, 90)),
    requestsPerSecond: optional(whole(1, 100_000)),
    queue: optional(queue),
    upSeconds: window,
    downSeconds: window,
  }),
  somethingToScale,
);
