// What a killed cluster must not lose, and a cache, which may be lost: the test sees the difference.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";

const images = new pulumi.Config("avnir").requireObject<{ postgres: string; redis: string }>("images");
const environment = new palier.Environment("avnir");
new palier.Postgres("db", { environment, image: images.postgres, databases: { crash: {} } });
new palier.Redis("queue", { environment, image: images.redis, purpose: "queue" });
new palier.Redis("cache", { environment, image: images.redis, purpose: "cache" });
