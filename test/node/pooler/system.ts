// A Postgres with PgBouncer before it, and a worker that connects anew for every request, and keeps count of those that failed.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../index.ts";

/** What the test tells the program. */
export interface Knobs {
  /** Name of the rotation of the worker's role. */
  rotate: string;
  /** A setting of PgBouncer's: another one rolls its pods. */
  waits: number;
}

const { rotate, waits } = new pulumi.Config("pooler").requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ postgres: string; pgbouncer: string }>("images");
const environment = new palier.Environment("avnir");
const db = new palier.Postgres("db", {
  environment,
  image: images.postgres,
  databases: { shop: {} },
  pooler: { image: images.pgbouncer, size: 5, instances: 2, parameters: { query_wait_timeout: String(waits) } },
});

/** A failure is told with the next request that does not fail; when the pod ends, it is asked until one does not. */
const asking = `failed=0 said="" ends=""
trap 'ends=1' TERM
ask() { psql -qX -v ON_ERROR_STOP=1 -v pod="$HOSTNAME" -v failed="$failed" -v said="$said" "$DATABASE_URL" 2> /tmp/said <<'SQL'
INSERT INTO asked VALUES (:'pod', :'failed', :'said', inet_client_addr());
SQL
}
while [ -z "$ends" ]; do ask || { failed=$((failed + 1)); said="$(head -c 200 /tmp/said)"; }; done
until ask; do failed=$((failed + 1)); sleep 0.2; done`;

const table =
  "CREATE TABLE IF NOT EXISTS asked (pod text, failed int, said text, by inet, at timestamptz DEFAULT now())";
const migrate = { command: ["sh", "-c", 'psql "$DATABASE_URL" -X -v ON_ERROR_STOP=1 -c "$0"', table] };
new palier.Worker("client", {
  environment,
  image: images.postgres,
  user: 999,
  links: { DATABASE_URL: { ...db.pooled["shop"]!, rotate } },
  command: ["sh", "-c", asking],
  migrate,
});
