import { connectionBudget } from "../../core/rules/relations/connections.ts";
import { type Manifest, manifest } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const workload = (name: string, container: object, spec: object = {}, kind = "Deployment"): Manifest =>
  manifest(
    kind,
    { spec: { ...spec, template: { metadata: { labels: { app: name } }, spec: { containers: [container] } } } },
    { name },
  );
export const service = (name: string) => manifest("Service", { spec: { selector: { app: name } } }, { name });
const db = (args?: unknown) => workload("db", { image: "postgres:17", ...(args ? { args } : {}) }, {}, "StatefulSet");
export const limited = db(["-c", "max_connections=50"]);
const env = (values: Record<string, unknown>) => Object.entries(values).map(([name, value]) => ({ name, value }));
export const app = (values: Record<string, unknown>, replicas: unknown = 5, name = "api") =>
  workload(name, { image: "api:1", env: env(values) }, { replicas });
export const url = "postgres://api:$(PASSWORD)@db:5432/shop";
const pooled = { name: "report", image: "api:1", env: env({ DATABASE_URL: url, DATABASE_POOL_MAX: "10" }) };
const scaler = manifest("HorizontalPodAutoscaler", {
  spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, maxReplicas: 10 },
});
const cluster = manifest(
  "Cluster",
  { apiVersion: "postgresql.cnpg.io/v1", spec: { postgresql: { parameters: { max_connections: "40" } } } },
  { name: "pg" },
);
export const fromSecret = workload("api", {
  image: "api:1",
  env: [
    { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "s", key: "url" } } },
    { name: "DB_POOL_MAX", valueFrom: { configMapKeyRef: { name: "c", key: "pool" } } },
  ],
});
export const secret = (text: unknown) => manifest("Secret", { stringData: { url: text } }, { name: "s" });
export const configMap = manifest("ConfigMap", { data: { pool: "200" } }, { name: "c" });

table(connectionBudget, {
  refuses: {
    "more than the server allows": [limited, service("db"), app({ DATABASE_URL: url, DATABASE_POOL_SIZE: "10" })],
    "more than it allows by default": [db(), service("db"), app({ DATABASE_URL: url, DB_POOL_MAX: "20" })],
    "more with the pods that an autoscaler adds": [
      db(["-c", "max_connections=100"]),
      service("db"),
      app({ DATABASE_URL: url, DB_POOL_MAX: 10 }, 2),
      scaler,
    ],
    "more with several processes": [limited, service("db"), app({ PGHOST: "db", DB_POOL: "5", WEB_CONCURRENCY: "2" })],
    "more with what pools open beyond [MP-91]": [
      limited,
      service("db"),
      app({ PGHOST: "db.shop.svc", SQLALCHEMY_POOL_SIZE: "5", SQLALCHEMY_MAX_OVERFLOW: "5" }),
    ],
    "more with what the pool of its own address opens beyond [MP-91 MP-92]": [
      limited,
      service("db"),
      app({ ORDERS_URL: url, ORDERS_POOL_MAX: "5", ORDERS_POOL_OVERFLOW: "5", REDIS_MAX_OVERFLOW: "0" }),
    ],
    "more by a parameter of the URL": [limited, service("db"), app({ DATABASE_URL: `${url}?connection_limit=9` })],
    "more of two apps": [
      limited,
      service("db"),
      app({ DATABASE_URL: url, DB_POOL_MAX: 5 }),
      app({ DATABASE_URL: url, DB_POOL_MAX: 5 }, 5, "worker"),
    ],
    "more than an operator's cluster allows": [cluster, app({ PGHOST: "pg-rw", DB_POOL_MAX: "10" })],
    "more of a pooler": [
      cluster,
      manifest("Pooler", { spec: { cluster: { name: "pg" }, instances: 3 } }, { name: "pg-pooler" }),
    ],
    "more than a pooler takes of its clients, in all its pods": [
      workload(
        "pgbouncer",
        { image: "pgbouncer:1", ports: [{ containerPort: 5432 }], env: env({ MAX_CLIENT_CONN: "20" }) },
        { replicas: 2 },
      ),
      service("pgbouncer"),
      app({ DATABASE_URL: "postgres://a@pgbouncer/x", DB_POOL_MAX: "10" }),
    ],
    "more by what a Secret and a ConfigMap hold": [limited, service("db"), fromSecret, secret(url), configMap],
    "more of two pools of one app, each for an address of its own": [
      limited,
      service("db"),
      app({ ORDERS_URL: url, ORDERS_POOL_MAX: "5", STOCK_URL: url.replace("shop", "stock"), STOCK_POOL_MAX: "5" }),
    ],
    "more of a task": [
      limited,
      service("db"),
      manifest(
        "CronJob",
        { spec: { jobTemplate: { spec: { parallelism: 5, template: { spec: { containers: [pooled] } } } } } },
        { name: "report" },
      ),
    ],
    "more by an assumption": { set: { assumed: 20 }, of: [limited, service("db"), app({ DATABASE_URL: url })] },
  },
  passes: {
    "fewer than it allows": [limited, service("db"), app({ DATABASE_URL: url, DATABASE_POOL_SIZE: "8" })],
    "all, without a reserve": {
      set: { reserve: 0 },
      of: [limited, service("db"), app({ DATABASE_URL: url, DATABASE_POOL_SIZE: "10" })],
    },
    "a pool for the address of something else": [
      limited,
      service("db"),
      app({ ORDERS_URL: url, ORDERS_POOL_MAX: "5", LEGACY_URL: "postgres://a@db.other/x", LEGACY_POOL_MAX: "500" }),
    ],
    "what the pool of another address opens beyond": [
      limited,
      service("db"),
      app({ ORDERS_URL: url, ORDERS_POOL_MAX: "5", ORDERS_POOL_OVERFLOW: "0", LEGACY_POOL_OVERFLOW: "500" }),
    ],
    "one run of a task": [
      limited,
      service("db"),
      manifest(
        "CronJob",
        { spec: { jobTemplate: { spec: { template: { spec: { containers: [pooled] } } } } } },
        { name: "report" },
      ),
    ],
    "a pool that is not stated": [limited, service("db"), app({ DATABASE_URL: url }, 500)],
    "the pool of something else": [limited, service("db"), app({ DATABASE_URL: url, REDIS_POOL_SIZE: "500" })],
    "a client of another database": [
      limited,
      service("db"),
      app({ DATABASE_URL: "postgres://a@db.other:5432/x", DB_POOL_MAX: "500" }),
    ],
    "as many as a pooler takes of its clients": [
      workload(
        "pgbouncer",
        { image: "pgbouncer:1", ports: [{ containerPort: 5432 }], env: env({ MAX_CLIENT_CONN: "50" }) },
        { replicas: 2 },
      ),
      service("pgbouncer"),
      app({ DATABASE_URL: "postgres://a@pgbouncer/x", DB_POOL_MAX: "10" }),
    ],
    "clients of a pooler in between": [
      limited,
      service("db"),
      app({ DATABASE_URL: "postgres://a@pgbouncer:6432/x", DB_POOL_MAX: "500" }),
      workload("pgbouncer", { image: "pgbouncer:1", env: env({ DB_HOST: "db", DEFAULT_POOL_SIZE: "20" }) }),
    ],
    "a limit in a file": [
      db(["-c", "config_file=/etc/postgresql.conf"]),
      service("db"),
      app({ DATABASE_URL: url, DB_POOL_MAX: "500" }),
    ],
  },
});
