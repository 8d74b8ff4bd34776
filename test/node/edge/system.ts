// An app with an edge, and the page that stands in for it. HAProxy's edge asks for no kinds but the API server's own.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Knobs {
  /** Namespace where a controller would be. */
  controller: string;
  maintenance: boolean;
}

const { controller, maintenance } = new pulumi.Config("edge").requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ node: string }>("images");
const selector = { run: "controller" };
const environment = new palier.Environment("avnir", { edge: { family: "haproxy", namespace: controller, selector } });

const serve = "require('http').createServer((_, answer) => answer.end()).listen(process.env.PORT)";
const process = { environment, image: images.node, command: ["node", "-e", serve] };
const page = new palier.App("page", process);
const api = new palier.App("api", {
  ...process,
  edge: {
    host: "avnir.example",
    tls: { generated: true },
    cors: { origins: ["https://app.avnir.example"] },
    rateLimitPerMinute: 600,
    rewrites: { "/api": "/" },
    maintenance: { on: maintenance, page: page.link },
  },
});

export const url = api.url;
