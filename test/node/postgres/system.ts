// A database with PostGIS, an app that migrates and writes, one that reads, and one that watches; each has psql to ask with.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Knobs {
  /** What the migration does. */
  migration: string;
  /** Extensions of the database. */
  extensions: string[];
}

const { migration, extensions } = new pulumi.Config("postgres").requireObject<Knobs>("knobs");
const { postgres: image } = new pulumi.Config("avnir").requireObject<{ postgres: string }>("images");
const environment = new palier.Environment("avnir");
const db = new palier.Postgres("db", { environment, image, databases: { shop: { extensions } } });

const command = ["sh", "-c", 'echo well | tee /tmp/live /tmp/ready /tmp/health; exec httpd -f -p "$PORT" -h /tmp'];
const asked = 'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 -c "$0"';
const app = (name: string, role: string, more: Partial<palier.AppArgs> = {}) =>
  new palier.App(name, {
    environment,
    image,
    command,
    user: 999,
    links: { DATABASE_URL: { ...db.links["shop"]!, role } },
    ...more,
  });

app("api", "readWrite", { migrate: { command: ["sh", "-c", asked, migration] } });
app("report", "readOnly");
app("exporter", "monitor");
