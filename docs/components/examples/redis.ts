import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const queue = new palier.Redis("queue", {
  environment,
  image: `registry.example/redis@sha256:${"a".repeat(64)}`,
  purpose: "queue",
});

/** What an app takes under `links`. */
export const { link } = queue;
