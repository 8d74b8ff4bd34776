import { capabilities, type Feature } from "../../components/edge/capabilities.ts";
import { type WayName, wayNames, ways } from "../../components/edge/ways.ts";
import * as palier from "../../index.ts";
import { images } from "../avnir.ts";
import { type Declared, declared } from "../declared.ts";

const all = {
  cors: { origins: ["https://shop.example"] },
  rateLimitPerMinute: 600,
  bodySize: "10Mi",
  timeoutSeconds: 30,
  rewrites: { "/api": "/" },
  redirects: { "/old": { to: "/new" } },
  basicAuth: { secret: "users" },
};

/** By controller: an app whose edge has all that it can. */
export const edges = Object.fromEntries(wayNames.map((way) => [way, () => edge(way)]));

/** By controller that can send a share of the requests elsewhere: an app released so. */
export const canaries = Object.fromEntries(
  wayNames.filter((way) => way !== "haproxy").map((way) => [way, () => canary(way)]),
);

function canary(way: WayName): Promise<Declared[]> {
  const { family, api } = ways[way];
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { edge: { family, api, generated: true } });
    const rollout = { canary: {} };
    new palier.App("api", { environment, image: images.api, edge: { host: "api.shop.example" }, rollout });
  });
}

function edge(way: WayName): Promise<Declared[]> {
  const { family, api } = ways[way];
  const able = Object.entries(all).filter(([feature]) => capabilities[feature as Feature][way].can);
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { edge: { family, api, clusterIssuer: "letsencrypt" } });
    const page = new palier.App("page", { environment, image: images.api });
    const maintenance = { on: false, page: page.link };
    const more = { ...Object.fromEntries(able), maintenance };
    new palier.App("api", { environment, image: images.api, edge: { host: "api.shop.example", ...more } });
    const tls = { generated: true };
    new palier.App("web", { environment, image: images.api, edge: { host: "shop.example", tls } });
  });
}
