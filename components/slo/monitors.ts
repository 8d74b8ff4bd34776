import type { Member } from "../environment/member.ts";
import { labelsOf, type Watched } from "./watched.ts";

const named = "app.kubernetes.io/name";
const component = "app.kubernetes.io/component";

/** Has Prometheus read the metrics behind an app's Service; its series then have the app's name as `job`. */
export function serviceMonitorSpec({ labels }: Member, path: string): object {
  return {
    jobLabel: named,
    selector: { matchLabels: { [named]: labels[named], [component]: labels[component] } },
    endpoints: [{ port: "http", path, interval: "30s" }],
  };
}

/** The same of pods that no Service sends to. */
export function podMonitorSpec(matchLabels: Record<string, string>): object {
  return { selector: { matchLabels }, podMetricsEndpoints: [{ port: "metrics", interval: "30s" }] };
}

/** Asks an address each minute, as its users would. */
export function probeSpec(app: Watched, address: string, prober: string): object {
  return {
    interval: "60s",
    scrapeTimeout: "30s",
    module: "http_2xx",
    prober: { url: prober },
    targets: { staticConfig: { static: [address], labels: labelsOf(app) } },
  };
}
