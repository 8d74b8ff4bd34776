// An app that links to everything there is to link to, what it links to, and apps that don't.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Knobs {
  /** Address and port of something that is no pod. */
  outside: string;
  port: number;
  /** Whether the links are there. */
  linked: boolean;
  /** The rotation of the link to `shop`, and whether the one to `stock` is there. */
  rotate?: string;
  stock: boolean;
}

const { outside, port, linked, rotate, stock } = new pulumi.Config("links").requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ postgres: string; redis: string; node: string }>("images");
const environment = new palier.Environment("avnir");
const db = new palier.Postgres("db", { environment, image: images.postgres, databases: { shop: {}, stock: {} } });
const cache = new palier.Redis("cache", { environment, image: images.redis, purpose: "cache" });

const serve = "require('http').createServer((_, answer) => answer.end()).listen(process.env.PORT)";
const app = (name: string, links: palier.AppArgs["links"] = {}) =>
  new palier.App(name, { environment, image: images.node, command: ["node", "-e", serve], links });

const api = app("api");
const links = {
  SHOP_URL: { ...db.links["shop"]!, rotate },
  ...(stock ? { STOCK_URL: db.links["stock"]! } : {}),
  CACHE_URL: cache.link,
  API_URL: api.link,
  OUTSIDE_URL: palier.outside({ host: outside, port }),
};
app("web", linked ? links : {});
app("public", { OUTSIDE_URL: palier.outside({ host: "outside.example", port }) });
