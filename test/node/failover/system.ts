// A queue with failover, and an app that links to it.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

const images = new pulumi.Config("avnir").requireObject<{ redis: string; node: string; haproxy: string }>("images");
const environment = new palier.Environment("avnir");
const failover = { proxy: images.haproxy };
const queue = new palier.Redis("queue", { environment, image: images.redis, purpose: "queue", failover });
const serve = "require('http').createServer((_, answer) => answer.end()).listen(process.env.PORT)";
const command = ["node", "-e", serve];
new palier.App("api", { environment, image: images.node, command, links: { REDIS_URL: queue.link } });
