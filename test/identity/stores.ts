import * as palier from "../../index.ts";
import { images } from "../avnir.ts";
import { shop, whole } from "../components/postgres/cluster/system.ts";
import { type Declared, declared } from "../declared.ts";

/** Every store but Postgres, in each way that it may stand there. */
export function stores(stack: string): Promise<Declared[]> {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const image = images.redis;
    const key = (key: string) => ({ name: "store", key });
    const credentials = { id: key("id"), secret: key("secret") };
    const endpoint = palier.outside({ host: "s3.fr-par.scw.cloud" });
    const to = { endpoint, region: "fr-par", bucket: "shop-backups", credentials };
    const db = new palier.Postgres("db", {
      environment,
      image: images.postgres,
      databases: { keycloak: {} },
      pooler: { image },
    });
    const queue = new palier.Redis("queue", {
      environment,
      image,
      purpose: "queue",
      users: { api: {} },
      failover: { proxy: image },
    });
    const cache = new palier.Redis("cache", { environment, image, purpose: "cache" });
    const own = stack === "dev" ? { image } : { endpoint, credentials };
    const uploads = new palier.ObjectStore("uploads", { environment, bucket: "shop-uploads", ...own });
    const mongo = new palier.Mongo("mongo", { environment, host: "mongo.example", address: key("mongo") });
    new palier.Mongo("mongo2", {
      environment,
      host: "mongo2.example",
      address: key("mongo"),
      database: "shop",
      restore: { image, from: to, identity: key("identity"), server: "mongo" },
    });
    const auth = new palier.Identity("auth", {
      environment,
      image,
      database: db.links["keycloak"]!,
      url: "https://auth.shop.example",
      export: { image, to, recipients: [`age1${"q".repeat(58)}`] },
    });
    const links = {
      REDIS_URL: queue.links["api"]!,
      CACHE_URL: cache.link,
      S3_ENDPOINT: uploads.link,
      MONGO_URL: mongo.link,
      AUTH_URL: auth.link,
    };
    new palier.App("api", { environment, image, links });
  });
}

/** A Postgres of several servers, with a pooler, an archive and what it began with. */
export function postgresCluster(stack: string): Promise<Declared[]> {
  return shop({ ...whole, stack, link: "pooled" });
}
