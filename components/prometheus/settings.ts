import type { EnvironmentRef, PrometheusArgs } from "../environment/args.ts";

/** The cluster's Prometheus, completed. */
export function prometheusSettings({ prometheus = {} }: Pick<EnvironmentRef, "prometheus">): Required<PrometheusArgs> {
  const { namespace = "monitoring", labels = {}, runbooks = "docs/runbooks" } = prometheus;
  return { namespace, labels, prober: prometheus.prober ?? `blackbox-exporter.${namespace}:9115`, runbooks };
}
