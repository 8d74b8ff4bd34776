import { ArgumentError, below, kindOf, shown, wrong } from "../argument.ts";
import { type Check, pattern, text, whole } from "../check.ts";
import { image } from "../names.ts";
import { all, list, only, optional } from "../shape.ts";
import { latency } from "../slo/duration.ts";
import type { AnalysisArgs, AnalysisPrometheusArgs, CanaryArgs, CanaryStepArgs } from "./canaryArgs.ts";
import type { PhaseArgs } from "./phaseArgs.ts";
import { prepared } from "./preparedShape.ts";
import { usualWeights } from "./usualWeights.ts";

const percent: Check = (path, value) => {
  const allowed = "a number of percent from 0 to 100";
  if (typeof value !== "number") throw wrong(path, kindOf(value), allowed);
  if (!(value >= 0 && value <= 100)) throw wrong(path, shown(value), allowed);
};

/** Longer, and the engine's lock is held for what should be several updates. */
const longest = 900;

const climbs: Check = (path, value) => {
  const steps = value as CanaryStepArgs[];
  for (const [index, { weight }] of steps.entries()) {
    const before = steps[index - 1]?.weight ?? 0;
    if (weight <= before) throw wrong(below(`${path}[${index}]`, "weight"), shown(weight), `more than ${before}`);
  }
  const last = below(`${path}[${steps.length - 1}]`, "weight");
  if (steps.at(-1)!.weight !== 100)
    throw wrong(last, shown(steps.at(-1)!.weight), "100: the last step has all traffic");
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  if (seconds > longest) throw new ArgumentError(path, `take ${seconds} s in all; give ${longest} s at most`);
};

const query = optional(text(4000));

const prometheus = all(
  only<AnalysisPrometheusArgs>({
    url: optional(pattern(/^https?:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/, "an address such as https://prometheus.example")),
    service: optional(pattern(/^[a-z0-9][-a-z0-9]*\/[a-z][-a-z0-9]*:[a-z0-9][-a-z0-9]*$/, "namespace/service:port")),
    errorPercent: query,
    latencySeconds: query,
  }),
  (path, value) => {
    const { url, service } = value as AnalysisPrometheusArgs;
    if ((url === undefined) !== (service === undefined)) return;
    throw new ArgumentError(path, `has ${url === undefined ? "neither" : "both"}; give either url or service`);
  },
);

const pairs = { errorPercent: "errorPercent", latency: "latencySeconds" } as const;

/** A bound that nobody measures holds nothing, and neither does what is measured without a bound. */
const measured: Check = (path, value) => {
  const analysis = value as AnalysisArgs;
  if (analysis.errorPercent === undefined && analysis.latency === undefined) {
    throw new ArgumentError(path, "has no metric; give errorPercent, latency or both, or leave it out");
  }
  if (analysis.prometheus === undefined) return;
  for (const [bound, asked] of Object.entries(pairs) as [keyof typeof pairs, (typeof pairs)[keyof typeof pairs]][]) {
    const has = [analysis[bound] !== undefined, analysis.prometheus[asked] !== undefined];
    if (has[0] && !has[1]) throw wrong(below(path, `prometheus.${asked}`), undefined, `the query that ${bound} bounds`);
    if (has[1] && !has[0]) throw wrong(below(path, bound), undefined, `the bound of prometheus.${asked}`);
  }
};

/** In less time too few answers come to take a share of. */
const shortest = 5;

const longEnough: Check = (path, value) => {
  const { steps = [], analysis } = value as CanaryArgs;
  const index = analysis === undefined ? -1 : steps.findIndex(({ seconds }) => seconds < shortest);
  if (index < 0) return;
  const reason = `${steps[index]!.seconds} is too short for an analysis; give ${shortest} or more, or leave analysis out`;
  throw new ArgumentError(below(`${path}.steps[${index}]`, "seconds"), reason);
};

/** Between two steps nobody would know for how long it is watched. */
const onStep: Check = (path, value) => {
  const { steps, phase } = value as CanaryArgs;
  if (!phase) return;
  const weights = [0, ...(steps?.map(({ weight }) => weight) ?? usualWeights)];
  if (weights.includes(phase.weight)) return;
  throw wrong(below(`${path}.phase`, "weight"), shown(phase.weight), `one of ${weights.join(", ")}`);
};

const shape = only<CanaryArgs>({
  ...prepared,
  steps: optional(all(list(only<CanaryStepArgs>({ weight: whole(1, 100), seconds: whole(0, longest) }), 1), climbs)),
  analysis: optional(
    all(
      only<AnalysisArgs>({
        errorPercent: optional(percent),
        latency: optional(latency),
        prometheus: optional(prometheus),
      }),
      measured,
    ),
  ),
  phase: optional(only<PhaseArgs>({ image, weight: whole(0, 100) })),
});

export const canaryShape = all(shape, longEnough, onStep);
