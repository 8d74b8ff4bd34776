import * as palier from "../../index.ts";
import { appImage } from "../appImage.ts";
import { answersAt, hostOf } from "../place.ts";
import { settings } from "./settings.ts";

const config = settings();
const environment = new palier.Environment("mapquiz");

const db = new palier.Postgres("db", {
  environment,
  image: config.images.postgres,
  databases: { [config.database]: {} },
});

const redis = (name: string, purpose: string) =>
  new palier.Redis(name, { environment, image: config.images.redis!, purpose }).link;
/** Its document plans them for later: `mapquiz:redis: true`. */
const later: Record<string, palier.Link> = config.redis
  ? { SESSION_REDIS_URL: redis("sessions", "session"), CACHE_REDIS_URL: redis("cache", "cache") }
  : {};

const api = new palier.App("api", {
  environment,
  image: appImage(environment, "api", config),
  command: config.command,
  port: 3000,
  links: {
    DATABASE_URL: db.links[config.database]!,
    ...later,
    GITHUB_API_URL: palier.outside({ host: "api.github.com" }),
    GOOGLE_OAUTH_URL: palier.outside({ host: "oauth2.googleapis.com" }),
  },
  pools: { DATABASE_URL: 5 },
  secrets: {
    BETTER_AUTH_SECRET: { generate: 64 },
    GOOGLE_CLIENT_SECRET: { config: true },
    GITHUB_TOKEN: { config: true },
  },
  variables: {
    CONTRACT: "mapquiz",
    BETTER_AUTH_URL: config.url,
    SERVER_URL: config.url,
    GOOGLE_CLIENT_ID: config.googleClientId,
    GITHUB_REPO_OWNER: config.github.owner,
    GITHUB_REPO_NAME: config.github.name,
  },
  resources: { memory: "512M" },
  health: { live: "/live", ready: "/ready", verify: "/health", startSeconds: 30 },
  shutdown: { webSocketSeconds: 10 },
  progressDeadlineSeconds: 180,
  slo: { availability: 99.9, latency: "200ms" },
  migrate: config.migrate ? { tool: "prisma", deadlineSeconds: 120 } : undefined, // with the rollout's 180: five minutes
  edge: environment.edge && { host: hostOf(config.url), webSockets: true, rateLimitPerMinute: 600 },
  nodePort: config.nodePort,
});

// Whoever watches over it makes the Secret `alerts`.
new palier.Monitoring("monitoring", {
  environment,
  receivers: {
    slack: { channel: "#mapquiz", webhook: { name: "alerts", key: "slack" } },
    email: { ...config.mail, password: { name: "alerts", key: "mail" } },
  },
});

/** Where it answers. */
export const url = answersAt(config);
/** Path under it that tells whether the whole system works. */
export const health = api.verifyPath;
/** What runs: staging and production take this digest. */
export const image = api.image;
/** What stands beside the cluster and is made of this: `palier artefacts`. */
export const artefacts: palier.Artefacts = { addresses: { api: config.url } };
/** Where it runs. */
export const namespace = environment.namespace;
/** URLs, the DNS records that they need, how to connect to a store, and what is kept where. */
export const { urls, dns, connect, kept } = palier.outputs(environment, { db, api });
