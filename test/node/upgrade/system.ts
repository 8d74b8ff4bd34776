// A Postgres of one major version, and servers beside it that begin with backups; a worker writes to the one that it is led to.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";
import { savedAt } from "../backup/savedAt.ts";

/** What the test tells the program. */
export interface Knobs {
  recipient: string;
  /** Whether the server of the next major is there, with its own backups. */
  next: boolean;
  /** Whether the worker is led to it. */
  moved: boolean;
  /** Whose backup a third server, of the first major, begins with. */
  back?: "db" | "db17";
}

const config = new pulumi.Config("upgrade");
const { recipient, next, moved, back } = config.requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ postgres: string; backup: string; postgres17: string }>(
  "images",
);
const environment = new palier.Environment("avnir");
const { to: store, identity } = savedAt(environment);
const backedUp = (name: string, of: palier.Link, image: string) =>
  new palier.Backup(name, { environment, of, image, to: store, recipients: [recipient], storage: "256Mi" });

const db = new palier.Postgres("db", { environment, image: images.postgres, databases: { shop: {} } });
backedUp("db-backup", db.links["shop"]!, images.backup);
let serving = db.links["shop"]!;

if (next) {
  // Its image holds the tools of its own major, which read a dump of an older one.
  const restore = { image: images.postgres17, from: store, identity, server: "db" };
  const db17 = new palier.Postgres("db17", { environment, image: images.postgres17, databases: { shop: { restore } } });
  backedUp("db17-backup", db17.links["shop"]!, images.postgres17);
  if (moved) serving = db17.links["shop"]!;
}

if (back) {
  const restore = { image: images.backup, from: store, identity, server: back };
  new palier.Postgres("db15", { environment, image: images.postgres, databases: { shop: { restore } } });
}

const seen = "INSERT INTO seen VALUES (current_setting('server_version_num')::int / 10000)";
new palier.Worker("writer", {
  environment,
  image: images.postgres,
  user: 999,
  links: { DATABASE_URL: serving },
  command: ["sh", "-c", 'while :; do psql -qX "$DATABASE_URL" -c "$0"; sleep 0.2; done', seen],
  migrate: {
    command: [
      "sh",
      "-c",
      'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 -c "$0"',
      "CREATE TABLE IF NOT EXISTS seen (major int)",
    ],
  },
});
