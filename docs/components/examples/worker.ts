import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");
const queue = new palier.Redis("queue", {
  environment,
  image: `registry.example/redis@sha256:${"a".repeat(64)}`,
  purpose: "queue",
});

const mail = new palier.Worker("mail", {
  environment,
  image: `registry.example/shop/mail@sha256:${"b".repeat(64)}`,
  links: { REDIS_URL: queue.link },
  secrets: { SMTP_PASSWORD: { generate: 32 } },
  health: { heartbeat: { file: "/tmp/alive" } },
  drainSeconds: 120,
  scale: { queue: { metric: "queue_length", labels: { queue: "mail" }, perReplica: 20 } },
});

export const { ready } = mail;
