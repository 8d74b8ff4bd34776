import { wrong } from "../argument.ts";
import { type Check, pattern, whole } from "../check.ts";
import { environmentRef } from "../environment/shape.ts";
import { secretKey } from "../linkShape.ts";
import { all, only, optional } from "../shape.ts";
import type { EmailArgs, MonitoringArgs, PagerDutyArgs, ReceiversArgs, SlackArgs } from "./args.ts";

const mailbox = pattern(/^[^\s@<>,"]{1,64}@[-a-zA-Z0-9.]{1,253}$/, "an address such as team@shop.example");

const anyone: Check = (path, value) => {
  const given = Object.values(value as ReceiversArgs).some((receiver) => receiver !== undefined);
  if (!given) throw wrong(path, "nobody", "at least one of slack, pagerDuty, email");
};

export const monitoringShape = only<MonitoringArgs>({
  environment: environmentRef,
  receivers: all(
    only<ReceiversArgs>({
      slack: optional(
        only<SlackArgs>({
          channel: pattern(/^[#@]?[^\s#@{}]{1,79}$/, "a channel such as #shop-alerts"),
          webhook: secretKey,
        }),
      ),
      pagerDuty: optional(only<PagerDutyArgs>({ routingKey: secretKey })),
      email: optional(
        only<EmailArgs>({
          to: mailbox,
          from: mailbox,
          server: pattern(/^[-a-zA-Z0-9.]{1,253}:\d{1,5}$/, "a host and its port such as smtp.example.com:587"),
          username: optional(pattern(/^[^\s]{1,254}$/, "a name without spaces")),
          password: secretKey,
        }),
      ),
    }),
    anyone,
  ),
  volumePercent: optional(whole(1, 100)),
});
