// A database of three servers by CloudNativePG with a pooler, and three apps: one at whoever takes writes, one at a replica, one at the pooler.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

const own = new pulumi.Config("postgres");
const { postgres: image } = new pulumi.Config("avnir").requireObject<{ postgres: string }>("images");
const operand = own.require("operand");
const environment = new palier.Environment("avnir");
const db = new palier.Postgres("db", {
  environment,
  image: operand,
  databases: { shop: {} },
  resources: { memory: "256Mi" },
  storage: own.get("storage") ?? "1Gi",
  cluster: { instances: 3, user: 999, synchronous: 1 },
  // Debian's PgBouncer is older than what keeps track of prepared statements.
  pooler: { image: operand, mode: "session" },
});

const command = ["sh", "-c", 'echo well | tee /tmp/live /tmp/ready /tmp/health; exec httpd -f -p "$PORT" -h /tmp'];
const migration = "CREATE TABLE IF NOT EXISTS orders (id bigserial PRIMARY KEY, at timestamptz DEFAULT now())";
const asked = 'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 -c "$0"';
const app = (name: string, link: palier.Link, more: Partial<palier.AppArgs> = {}) =>
  new palier.App(name, { environment, image, command, user: 999, links: { DATABASE_URL: link }, ...more });

app("api", db.links["shop"]!, { migrate: { command: ["sh", "-c", asked, migration] } });
app("report", db.replicas["shop"]!);
app("pooled", { ...db.pooled["shop"]!, role: "readWrite" });
