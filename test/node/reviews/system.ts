// A small system for reviews: a database, and a secret that each makes for itself.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

const { postgres: image } = new pulumi.Config("reviews").requireObject<{ postgres: string }>("images");
const environment = new palier.Environment("reviews");
new palier.Postgres("db", { environment, image, databases: { shop: {} } });
new palier.Secrets("keys", { environment, values: { TOKEN: { config: true } } });
export const expires = environment.expires;
