import * as palier from "../../index.ts";
import { appImage } from "../appImage.ts";
import { saved } from "../backup.ts";
import { postgresAt } from "../managed.ts";
import { answersAt, hostOf } from "../place.ts";
import { settings } from "./settings.ts";

const config = settings();
const environment = new palier.Environment("yonima");

const db = new palier.Postgres("db", {
  environment,
  image: config.images.postgres,
  databases: { [config.database]: { extensions: config.extensions } },
  ...postgresAt(config.managed),
});
saved(environment, db.links[config.database]!, config, { timeZone: "Africa/Dakar", keep: { days: 30 } });
const queue = new palier.Redis("queue", { environment, image: config.images.redis, purpose: "queue" });
const sessions = new palier.Redis("sessions", { environment, image: config.images.redis, purpose: "session" });

const api = new palier.App("api", {
  environment,
  image: appImage(environment, "api", config, "yonima-backend"),
  port: 3000,
  links: {
    DATABASE_URL: db.links[config.database]!,
    REDIS_URL: queue.link,
    SESSION_REDIS_URL: sessions.link,
    SENTRY_DSN: palier.outside({ host: "ingest.sentry.io" }),
  },
  pools: { DATABASE_URL: 4 },
  secrets: { SENTRY_DSN: { config: true } },
  variables: { CONTRACT: "yonima", TZ: "Africa/Dakar" },
  health: { live: "/live", ready: "/ready", verify: "/health" },
  migrate: { tool: "prisma" },
  slo: { availability: 99.9 },
  workers: {
    queue: {
      command: ["node", "worker.ts"],
      health: { heartbeat: { file: "/tmp/alive" }, ready: ["test", "-f", "/tmp/alive"] },
    },
  },
  edge: environment.edge && { host: hostOf(config.url), rateLimitPerMinute: 600 },
  nodePort: config.nodePort,
});

/** Where it answers. */
export const url = answersAt(config);
/** Path under it that tells whether the whole system works. */
export const health = api.verifyPath;
/** What runs: staging and production take this digest. */
export const image = api.image;
/** What stands beside the cluster and is made of this: `palier artefacts`. */
export const artefacts: palier.Artefacts = {
  addresses: { api: config.url },
  expo: {
    variables: {
      EXPO_PUBLIC_API_URL: config.url,
      EXPO_PUBLIC_MAPBOX_TOKEN: config.mapboxToken,
      EXPO_PUBLIC_SENTRY_DSN: config.sentryDsn,
    },
  },
};
/** Where it runs. */
export const namespace = environment.namespace;
/** URLs, the DNS records that they need, how to connect to a store, and what is kept where. */
export const { urls, dns, connect, kept } = palier.outputs(environment, { db, queue, sessions, api });
