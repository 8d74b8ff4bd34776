import * as palier from "../../index.ts";
import { images } from "../avnir.ts";
import { type Declared, declared } from "../declared.ts";

/** A system with each kind of workload, and with each child that one may have. */
export function workloads(stack: string): Promise<Declared[]> {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image: images.postgres, databases: { shop: {} } });
    const given = {
      environment,
      image: images.api,
      links: { DATABASE_URL: db.links["shop"]! },
      secrets: { API_KEY: { generate: 32 } },
    };
    const live = ["node", "alive.ts"];
    const clean = { command: ["node", "clean.ts"], schedule: "0 3 * * *" };
    new palier.App("api", {
      ...given,
      migrate: { tool: "prisma", pause: ["mail", "clean"] },
      workers: { mail: { command: ["node", "mail.ts"], health: { live } } },
      tasks: { clean },
      afterRelease: { smoke: { command: ["node", "smoke.ts"] } },
    });
    new palier.App("watched", {
      ...given,
      slo: { availability: 99.9, latency: "200ms" },
      workers: { mail: { command: ["node", "mail.ts"], metricsPort: 9100 } },
    });
    new palier.Worker("index", { ...given, migrate: { tool: "knex" }, health: { live }, metricsPort: 9100 });
    const webhook = { name: "slack", key: "webhook" };
    new palier.Monitoring("monitoring", { environment, receivers: { slack: { channel: "#shop", webhook } } });
    new palier.CronTask("report", { ...given, ...clean });
  });
}
