import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";

const { postgres: image } = new pulumi.Config("avnir").requireObject<{ postgres: string }>("images");
const environment = new palier.Environment("avnir");
new palier.Postgres("db", { environment, image, databases: { trial: {} } });
