import assert from "node:assert/strict";
import { volumeGroups } from "../../../components/monitoring/volumes.ts";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { promtool } from "../../promtool.ts";

const receivers = {
  slack: { channel: "#shop-alerts", webhook: { name: "slack", key: "webhook" } },
  pagerDuty: { routingKey: { name: "pagerduty", key: "routing-key" } },
  email: {
    to: "team@shop.example",
    from: "alerts@shop.example",
    server: "smtp.shop.example:587",
    password: { name: "smtp", key: "password" },
  },
};

function monitoring(args: Partial<palier.MonitoringArgs> = {}, stack = "staging") {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    new palier.Monitoring("monitoring", { environment, receivers, ...args });
  });
}

async function told(of: palier.ReceiversArgs) {
  const type = "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig";
  return find(await monitoring({ receivers: of }), type, "monitoring-receivers").inputs.spec;
}

describe("Monitoring", () => {
  it("tells Slack and a mailbox of every alert, and PagerDuty of what is critical [MQ-83 MQ-77]", async () => {
    const { route, receivers: named } = await told(receivers);
    const [everyone, onDuty] = named;
    assert.deepEqual([everyone.name, onDuty.name], ["everyone", "on-duty"]);
    assert.deepEqual(Object.keys(everyone).sort(), ["emailConfigs", "name", "slackConfigs"]);
    assert.deepEqual(route.routes, [
      { receiver: "on-duty", matchers: [{ name: "severity", value: "critical", matchType: "=" }], continue: true },
      { receiver: "everyone" },
    ]);
  });

  it("names the Secrets that hold webhook, key and password, and holds none of them", async () => {
    const [everyone, onDuty] = (await told(receivers)).receivers;
    assert.deepEqual(everyone.slackConfigs[0].apiURL, receivers.slack.webhook);
    assert.deepEqual(everyone.emailConfigs[0].authPassword, receivers.email.password);
    assert.deepEqual(onDuty.pagerdutyConfigs[0].routingKey, receivers.pagerDuty.routingKey);
    assert.equal(everyone.emailConfigs[0].authUsername, "alerts@shop.example");
  });

  it("links each alert to its runbook in what people read", async () => {
    const [{ slackConfigs }] = (await told(receivers)).receivers;
    assert.match(slackConfigs[0].text, /Annotations\.runbook_url/);
  });

  it("is declared as the operator's definitions want it, whoever is told", async () => {
    for (const [kind, receiver] of Object.entries(receivers)) {
      assert.deepEqual((await monitoring({ receivers: { [kind]: receiver } })).flatMap(schemaErrors), []);
    }
    assert.deepEqual((await monitoring()).flatMap(schemaErrors), []);
  });

  it("declares nothing where nothing is watched", async () => {
    const kinds = (await monitoring({}, "dev")).map(({ type }) => type);
    assert.ok(!kinds.some((type) => type.includes("monitoring.coreos.com")));
  });

  it("alerts before a volume is full, and of none that has room [AV-61]", async function () {
    this.timeout("3m");
    const volume = (name: string) => `{namespace="shop-production",persistentvolumeclaim="${name}"}`;
    const used = (name: string, of: number) => [
      { series: `kubelet_volume_stats_used_bytes${volume(name)}`, values: `${of}+0x60` },
      { series: `kubelet_volume_stats_capacity_bytes${volume(name)}`, values: "100+0x60" },
    ];
    const labels = { alertname: "VolumeFull", severity: "critical", namespace: "shop-production" };
    const expected = `ALERTS{alertname="VolumeFull",alertstate="firing",namespace="shop-production",persistentvolumeclaim="data-db-0",severity="critical"}`;
    const one = {
      name: labels.alertname,
      interval: "1m",
      input_series: [...used("data-db-0", 90), ...used("data-queue-0", 80)],
      promql_expr_test: [{ expr: "ALERTS", eval_time: "30m", exp_samples: [{ labels: expected, value: 1 }] }],
    };
    const groups = volumeGroups("monitoring", "shop-production", 85, "docs/runbooks");
    assert.match((await promtool()).test(groups, [one]), /SUCCESS/);
  });

  const wrong: [string, object, RegExp][] = [
    ["nobody", {}, /Monitoring monitoring: receivers: nobody is not allowed; give at least one of slack/],
    ["Slack without its secret", { slack: { channel: "#a" } }, /receivers\.slack\.webhook: is missing/],
    [
      "a secret in clear",
      { slack: { channel: "#a", webhook: "https://hooks.slack.com/services/zQ7" } },
      /receivers\.slack\.webhook: text is not allowed; give an object with name, key$/,
    ],
    ["PagerDuty without its secret", { pagerDuty: {} }, /receivers\.pagerDuty\.routingKey: is missing/],
    [
      "mail without its password",
      { email: { ...receivers.email, password: undefined } },
      /receivers\.email\.password: is missing/,
    ],
    [
      "a mail server without its port",
      { email: { ...receivers.email, server: "smtp.shop.example" } },
      /email\.server: "smtp\.shop\.example" .* such as smtp\.example\.com:587/,
    ],
    ["a receiver of no kind", { teams: {} }, /receivers: "teams" is not allowed; give only slack, pagerDuty, email/],
  ];
  for (const [title, given, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(monitoring({ receivers: given as palier.ReceiversArgs }), message));
  }
});
