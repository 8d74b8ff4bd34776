import * as palier from "../../index.ts";
import { appImage } from "../appImage.ts";
import { answersAt, hostOf } from "../place.ts";
import { address, settings } from "./settings.ts";

const config = settings();
const environment = new palier.Environment("debrouillepro", {
  people: { dev: { edit: ["team"] }, staging: { view: ["team", "qa"] }, production: { view: ["on-call"] } },
});

const cache = new palier.Redis("cache", { environment, image: config.images.redis, purpose: "cache" });
const database = config.mongo && new palier.Mongo("database", { environment, ...config.mongo, address });

const api = new palier.App("api", {
  environment,
  image: appImage(environment, "api", config),
  port: 3000,
  links: { REDIS_URL: cache.link, ...(database && { DATABASE_URL: database.link }) },
  secrets: { JWT_SECRET: { generate: 64 } },
  variables: { CONTRACT: "debrouillepro", API_PORT: "3000", STORAGE_BUCKET: config.bucket },
  health: { live: "/live", ready: "/ready", verify: "/health" },
  slo: { availability: 99.9 },
  afterRelease: { "warm-up": { command: ["node", "warm-up.ts"] } },
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
export const artefacts: palier.Artefacts = { addresses: { api: config.url } };
/** Where it runs. */
export const namespace = environment.namespace;
/** URLs, the DNS records that they need, how to connect to a store, and what is kept where. */
export const { urls, dns, connect, kept } = palier.outputs(environment, { cache, api });
