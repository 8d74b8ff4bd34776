import { z } from "zod";
import { refuseAbsent } from "../judge.ts";
import { off } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";

const timings = [
  "initialDelaySeconds",
  "periodSeconds",
  "timeoutSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

/** Presence decides, so an unknown value is no question. */
export const probeTimings = containerRule(
  {
    id: "probe-timings-stated",
    description: "Every probe says how often it asks, how long it waits, and how often it may fail.",
    why: "The default wait of one second restarts an app that is merely slow for a moment.",
    severity: "low",
    levels: off,
    rows: ["E05"],
    parameters: z.strictObject({
      timings: z
        .array(z.enum(timings))
        .default(["periodSeconds", "timeoutSeconds", "failureThreshold"])
        .describe("which"),
    }),
  },
  ({ field, name }, { partial }, given) =>
    ["livenessProbe", "readinessProbe", "startupProbe"]
      .map((kind) => field.at(kind))
      .filter((probe) => !probe.absent && !partial)
      .flatMap((probe) => given.timings.map((timing) => probe.at(timing)))
      .flatMap((timing) => refuseAbsent(timing, { problem: "is not set", fix: "write how long or how often" }, name)),
);
