import type { EmailArgs, PagerDutyArgs, ReceiversArgs, SlackArgs } from "./args.ts";

/** Each is linked to what to do about it. */
const text =
  "{{ range .Alerts }}{{ .Annotations.summary }}{{ with .Annotations.runbook_url }} ({{ . }}){{ end }}\n{{ end }}";

/** Who is told of what: everybody of every alert, and who is on duty of what is critical. */
export function alertmanagerSpec({ slack, pagerDuty, email }: ReceiversArgs): object {
  const everyone = {
    name: "everyone",
    ...(slack ? { slackConfigs: [slackConfig(slack)] } : {}),
    ...(email ? { emailConfigs: [emailConfig(email)] } : {}),
  };
  const onDuty = pagerDuty ? [{ name: "on-duty", pagerdutyConfigs: [pagerDutyConfig(pagerDuty)] }] : [];
  const critical = { name: "severity", value: "critical", matchType: "=" };
  return {
    route: {
      receiver: everyone.name,
      groupBy: ["app", "severity"],
      groupWait: "30s",
      groupInterval: "5m",
      repeatInterval: "4h",
      // What is critical goes on to everyone, too.
      routes: [
        ...onDuty.map(({ name }) => ({ receiver: name, matchers: [critical], continue: true })),
        { receiver: everyone.name },
      ],
    },
    receivers: [everyone, ...onDuty],
  };
}

function slackConfig({ channel, webhook }: SlackArgs): object {
  const title = "{{ .Status }}: {{ .CommonLabels.app }} {{ .CommonLabels.namespace }}";
  return { channel, apiURL: webhook, sendResolved: true, title, text };
}

function pagerDutyConfig({ routingKey }: PagerDutyArgs): object {
  return { routingKey, sendResolved: true, severity: "critical", description: text };
}

function emailConfig({ to, from, server, username = from, password }: EmailArgs): object {
  return {
    to,
    from,
    smarthost: server,
    authUsername: username,
    authPassword: password,
    requireTLS: true,
    sendResolved: true,
  };
}
