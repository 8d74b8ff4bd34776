import * as palier from "../../index.ts";
import { images } from "../avnir.ts";
import { type Declared, declared } from "../declared.ts";

/** A database that is saved, tried and watched, and one that begins with a backup. */
export function backups(stack: string): Promise<Declared[]> {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const key = (key: string) => ({ name: "backup", key });
    const identity = key("identity");
    const to = {
      endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
      region: "fr-par",
      bucket: "shop-backups",
      credentials: { id: key("id"), secret: key("secret") },
    };
    const image = images.postgres;
    const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    new palier.Backup("db-backup", {
      environment,
      of: db.links["shop"]!,
      image,
      to,
      recipients: [`age1${"q".repeat(58)}`],
      drill: { identity, assertions: [{ sql: "SELECT 1", atLeast: 1 }] },
      alerts: true,
    });
    new palier.Postgres("copy", {
      environment,
      image,
      databases: { shop: { restore: { image, from: to, identity } } },
    });
  });
}
