import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const image = `registry.example/redis@sha256:${"a".repeat(64)}`;
const queue = new palier.Redis("queue", {
  environment,
  image,
  purpose: "queue",
  users: { api: { keys: ["bull:*"] } },
  failover: { proxy: `registry.example/haproxy@sha256:${"b".repeat(64)}` },
});

/** What apps take under `links`: the one as the user `api`, the others with every key. */
export const [api, link] = [queue.links["api"]!, queue.link];
