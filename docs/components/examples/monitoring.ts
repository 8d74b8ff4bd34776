import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop", { prometheus: { labels: { release: "kube-prometheus-stack" } } });
const keys = new palier.Secrets("keys", {
  environment,
  values: {
    SLACK_WEBHOOK: { existing: { name: "slack", key: "webhook" } },
    PAGERDUTY_KEY: { existing: { name: "pagerduty", key: "routing-key" } },
  },
});

const monitoring = new palier.Monitoring("monitoring", {
  environment,
  receivers: {
    slack: { channel: "#shop-alerts", webhook: keys.keys["SLACK_WEBHOOK"]! },
    pagerDuty: { routingKey: keys.keys["PAGERDUTY_KEY"]! },
  },
});

export const { watched } = monitoring;
