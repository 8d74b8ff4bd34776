import type * as palier from "../../index.ts";
import { type Kind, leaf, list, object, whole } from "./kind.ts";
import { image, latency } from "./words.ts";

const step = object<palier.CanaryStepArgs>("CanaryStepArgs", { weight: whole(1, 100), seconds: whole(0, 900) }, [
  "weight",
  "seconds",
]);

/** Ascending, to all. */
export const steps: Kind = {
  ...list(step, 1, 4),
  within: (random) => {
    const weights = random.pick([[100], [1, 100], [10, 50, 99, 100]]);
    return weights.map((weight) => ({ weight, seconds: random.pick([5, 225, random.whole(5, 225)]) }));
  },
};

export const phase = object<palier.PhaseArgs>("PhaseArgs", { image, weight: whole(0, 100) }, ["image", "weight"]);

const query = leaf(
  () => 'sum(rate(http_requests_total{pod=~"api-{{release}}-.*"}[1m]))',
  (random) => random.pick([1, null, {}, ["up"]]),
);

const anyPrometheus = object<palier.AnalysisPrometheusArgs>("AnalysisPrometheusArgs", {
  url: leaf(
    (random) => random.pick(["https://prometheus.example", "http://127.0.0.1:9090/under/a/path"]),
    (random) => random.pick(["", "prometheus:9090", "ftp://a", "https://name:password@host", "https://a?b=c", 1]),
  ),
  service: leaf(
    () => "monitoring/prometheus-operated:9090",
    (random) => random.pick(["", "prometheus", "monitoring/prometheus", "A/b:1", "a/b:1/c", null]),
  ),
  errorPercent: query,
  latencySeconds: query,
});

/** Reached in one way, and asked for both. */
const prometheus: Kind = {
  ...anyPrometheus,
  within: (random) => {
    const { url, service } = anyPrometheus.within(random) as palier.AnalysisPrometheusArgs;
    const asked = { errorPercent: "up", latencySeconds: "up" };
    return url === undefined ? { service: service ?? "a/b:1", ...asked } : { url, ...asked };
  },
};

const anyAnalysis = object<palier.AnalysisArgs>("AnalysisArgs", {
  errorPercent: leaf(
    (random) => random.pick([0, 100, 0.01, random.whole(1, 99)]),
    (random) => random.pick([-1, 100.1, "1", "1%", null, Number.NaN]),
  ),
  latency,
  prometheus,
});

/** With a bound for whatever is measured. */
export const analysis: Kind = {
  ...anyAnalysis,
  within: (random) => ({ errorPercent: 1, latency: "1s", ...(anyAnalysis.within(random) as palier.AnalysisArgs) }),
};
