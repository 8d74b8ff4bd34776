import { type WayName, ways } from "../../components/edge/ways.ts";
import type { EngineName } from "../../components/rollout/engine/name.ts";
import * as palier from "../../index.ts";
import { images } from "../avnir.ts";
import { type Declared, declared } from "../declared.ts";

const steps = [10, 50, 100].map((weight) => ({ weight, seconds: 30 }));
const prometheus = {
  service: "monitoring/prometheus-operated:9090",
  errorPercent: '100 * sum(rate(http_requests_total{pod=~"api-{{release}}-.*", status=~"5.."}[1m]))',
  latencySeconds: 'histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket{pod=~"api-{{release}}-.*"}[1m])))',
};
const canary = { steps, analysis: { errorPercent: 1, latency: "500ms", prometheus } };

/** An app that another engine releases, behind this controller. */
function released(engine: EngineName, way: WayName, rollout: palier.RolloutArgs): () => Promise<Declared[]> {
  const { family, api } = ways[way];
  return () =>
    declared({ stack: "staging" }, () => {
      const environment = new palier.Environment("shop", { edge: { family, api, generated: true } });
      new palier.App("api", {
        environment,
        image: images.api,
        edge: { host: "api.shop.example" },
        scale: { min: 2, max: 6 },
        rollout: { ...rollout, engine },
      });
    });
}

/** By engine and strategy, and where a share is sent elsewhere by who does that. */
export const byEngine = {
  "argoRollouts.rolling": released("argoRollouts", "haproxy", {}),
  "argoRollouts.blueGreen": released("argoRollouts", "haproxy", { blueGreen: {} }),
  "argoRollouts.canary.traefik": released("argoRollouts", "traefik", { canary }),
  "argoRollouts.canary.traefikGateway": released("argoRollouts", "traefikGateway", { canary }),
  "argoRollouts.canary.envoy": released("argoRollouts", "envoy", { canary: {} }),
  "flagger.blueGreen": released("flagger", "traefik", { blueGreen: {} }),
  "flagger.canary.traefik": released("flagger", "traefik", { canary }),
  "flagger.canary.traefikGateway": released("flagger", "traefikGateway", { canary }),
  "flagger.canary.envoy": released("flagger", "envoy", { canary: {} }),
} satisfies Record<string, () => Promise<Declared[]>>;
