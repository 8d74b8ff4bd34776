import * as palier from "../../index.ts";
import { appImage } from "../appImage.ts";
import { saved } from "../backup.ts";
import { answersAt, hostOf } from "../place.ts";
import { settings } from "./settings.ts";

const config = settings();
const origins = config.cors ?? [config.url];
const environment = new palier.Environment("avnir");

const db = new palier.Postgres("db", {
  environment,
  image: config.images.postgres,
  databases: { [config.database]: {} },
});
saved(environment, db.links[config.database]!, config, { keep: { days: 30 } });
const cache = new palier.Redis("cache", { environment, image: config.images.redis, purpose: "cache" });

const api = new palier.App("api", {
  environment,
  image: appImage(environment, "api", config),
  port: 3000,
  links: { DATABASE_URL: db.links[config.database]!, REDIS_URL: cache.link },
  secrets: { JWT_SECRET: { generate: 64 }, STRIPE_SECRET_KEY: { config: true } },
  variables: { CORS_ALLOW_ORIGINS: origins.join(",") },
  featureFlags: config.featureFlags,
  health: { live: "/live", ready: "/ready", verify: "/api/health" },
  migrate: { command: ["node", "migrate.ts", "up"], rollback: "node migrate.ts down" },
  slo: { availability: 99.9 },
  edge: environment.edge && { host: hostOf(config.url), cors: { origins }, rateLimitPerMinute: 600 },
  nodePort: config.nodePort,
});

const onCall = { routingKey: { name: "alerts", key: "pagerduty" } }; // whoever watches over them makes the Secret `alerts`
new palier.Monitoring("monitoring", {
  environment,
  receivers: {
    slack: { channel: "#avnir", webhook: { name: "alerts", key: "slack" } },
    ...(environment.stage === "production" ? { pagerDuty: onCall } : {}),
  },
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
  vercel: { app: "api", build: { framework: "nextjs" } },
};
/** Where it runs. */
export const namespace = environment.namespace;
/** URLs, the DNS records that they need, how to connect to a store, and what is kept where. */
export const { urls, dns, connect, kept } = palier.outputs(environment, { db, cache, api });
