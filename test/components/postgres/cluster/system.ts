import * as palier from "../../../../index.ts";
import { type Declared, declared } from "../../../declared.ts";

export const image = `registry.example/postgresql:17.5@sha256:${"a".repeat(64)}`;
export const pooler: palier.PostgresPoolerArgs = { image: `registry.example/pgbouncer@sha256:${"b".repeat(64)}` };

const key = (key: string) => ({ name: "archive-keys", key });

/** A bucket outside the cluster. */
export const bucket = (name = "shop-archive", prefix?: string): palier.BackupStoreArgs => ({
  endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
  region: "fr-par",
  bucket: name,
  prefix,
  credentials: { id: key("id"), secret: key("secret") },
});

export interface More {
  args?: Partial<palier.PostgresArgs>;
  cluster?: palier.PostgresClusterArgs;
  stack?: string;
  /** What of it an app links to. */
  link?: "links" | "replicas" | "pooled";
}

/** A cluster with every part, and an app that links to it. */
export const whole: More = {
  args: { pooler },
  cluster: {
    walStorage: "8Gi",
    archive: { to: bucket(), keepDays: 30 },
    restore: { from: bucket("shop-archive", "old"), server: "first", targetTime: "2026-11-20T02:00:00.25Z" },
  },
};

export const shop = ({ args, cluster = {}, stack = "production", link = "links" }: More = {}): Promise<Declared[]> =>
  declared({ project: "shop", stack }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image, databases: { shop: {} }, cluster, ...args });
    const links = { DATABASE_URL: db[link]["shop"]! };
    new palier.App("api", { environment, image, links, migrate: { command: ["migrate"], rollback: "migrate down" } });
  });

export const kinds = {
  Cluster: "kubernetes:postgresql.cnpg.io/v1:Cluster",
  Pooler: "kubernetes:postgresql.cnpg.io/v1:Pooler",
  ScheduledBackup: "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup",
  ObjectStore: "kubernetes:barmancloud.cnpg.io/v1:ObjectStore",
} as const;
