import * as palier from "../../index.ts";
import { appImage } from "../appImage.ts";
import { saved } from "../backup.ts";
import { postgresAt } from "../managed.ts";
import { answersAt, hostOf } from "../place.ts";
import { keycloak } from "./keycloak.ts";
import { pool, settings } from "./settings.ts";

const config = settings();
const store = "s3.fr-par.scw.cloud";
const environment = new palier.Environment("mecapy", { profiles: { staging: { logLevel: "debug" } } });

const db = new palier.Postgres("db", {
  environment,
  image: config.images.postgres,
  databases: { [config.database]: {}, ...(config.images.keycloak ? { keycloak: {} } : {}) },
  ...postgresAt(config.managed, {
    connections: config.connections?.most,
    resources: config.connections && { memory: config.connections.memory },
  }),
});
const savedTo = saved(environment, db.links[config.database]!, config, {
  schedule: "0 2,14 * * *", // at two, and once more: a dump a day loses more than a day
  keep: { days: 30 },
  rpoHours: 24,
  rtoHours: 4,
});

const { keys } = new palier.Secrets("uploads-keys", {
  environment,
  values: { SCW_ACCESS_KEY: { config: true }, SCW_SECRET_KEY: { config: true } },
});
const uploads = new palier.ObjectStore("uploads", {
  environment,
  endpoint: palier.outside({ host: store }),
  region: "fr-par",
  bucket: config.bucket,
  credentials: { id: keys["SCW_ACCESS_KEY"]!, secret: keys["SCW_SECRET_KEY"]! },
  variables: { bucket: "CLOUD_BUCKET_UPLOADS", region: "CLOUD_REGION", id: "SCW_ACCESS_KEY", secret: "SCW_SECRET_KEY" },
});
const identity = keycloak(environment, db, config, savedTo);

const api = new palier.App("api", {
  environment,
  image: appImage(environment, "api", config),
  command: ["gunicorn", "mecapy_api.main:app", "-k", "uvicorn.workers.UvicornWorker", "--bind", "0.0.0.0:$(PORT)"],
  port: 8000,
  links: {
    DATABASE_URL: { ...db.links[config.database]!, pool: pool(config) },
    CLOUD_ENDPOINT: uploads.link,
    ...identity.links,
    SENTRY_DSN: palier.outside({ host: "ingest.sentry.io" }),
  },
  secrets: {
    KEYCLOAK_CLIENT_SECRET: { config: true },
    SENTRY_DSN: { config: true },
  },
  variables: {
    CONTRACT: "mecapy",
    WEB_CONCURRENCY: "4",
    ...identity.variables,
    KEYCLOAK_REALM: "mecapy",
    KEYCLOAK_CLIENT_ID: "mecapy-api",
    TOKEN_VERIFICATION_ENABLED: String(config.tokenVerification),
    CORS_ALLOW_ORIGINS: config.url,
  },
  resources: { cpu: "200m", memory: "768Mi" }, // four processes
  scale: { cpuPercent: 70, memoryPercent: 80 },
  health: { live: "/live", ready: "/ready", verify: "/health" },
  migrate: { tool: "alembic" },
  slo: { availability: 99.5 },
  edge: environment.edge && {
    host: hostOf(config.apiUrl),
    cors: { origins: [config.url] },
    rateLimitPerMinute: 600,
    compress: true,
  },
  nodePort: config.nodePort,
});

const imageHost = `${config.bucket}.${store}`;
const frontend = new palier.App("frontend", {
  environment,
  image: appImage(environment, "frontend", config),
  port: 3000,
  links: { API_URL: api.link },
  variables: {
    CONTRACT: "mecapy-frontend",
    NEXT_PUBLIC_API_URL: config.apiUrl,
    NEXT_PUBLIC_KEYCLOAK_URL: config.keycloakUrl,
    NEXT_PUBLIC_ENVIRONMENT: environment.stage,
    NEXT_PUBLIC_SENTRY_DSN: config.sentryDsn,
    NEXT_PUBLIC_SENTRY_TRACES_SAMPLE_RATE: "0.1",
    NEXT_PUBLIC_IMAGE_HOST: imageHost,
  },
  health: { live: "/live", ready: "/ready", verify: "/health" },
  // In dev both are localhost, which the API has.
  edge:
    environment.edge && environment.stage !== "dev"
      ? { host: hostOf(config.url), rateLimitPerMinute: 600, compress: true }
      : undefined,
});

/** Where its API answers. */
export const url = answersAt({ ...config, url: config.apiUrl });
/** Path under it that tells whether the whole system works: in its body, for it is always answered with 200. */
export const health = api.verifyPath;
/** What runs: staging and production take these digests. */
export const images = { api: api.image, frontend: frontend.image };
/** What stands beside the cluster and is made of this: `palier artefacts`. */
export const artefacts: palier.Artefacts = {
  addresses: { api: config.apiUrl, frontend: config.url },
  sources: { api: "./repos/api", frontend: "./repos/frontend" },
  vercel: {
    app: "frontend",
    build: {
      framework: "nextjs",
      installCommand: "pnpm install",
      buildCommand: "pnpm build",
      devCommand: "pnpm dev",
      outputDirectory: ".next",
    },
    regions: ["cdg1", "iad1", "syd1"],
    rewrites: { "/api/:path*": `${config.apiUrl}/:path*` },
    imageHosts: [imageHost],
  },
};
/** Where it runs. */
export const namespace = environment.namespace;
/** URLs, the DNS records that they need, how to connect to a store, and what is kept where. */
export const { urls, dns, connect, kept } = palier.outputs(environment, { db, api, frontend });
