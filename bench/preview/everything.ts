// A program with every component, `bench:times` times over.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../index.ts";

const images = new pulumi.Config("avnir").requireObject<Record<string, string>>("images");
const environment = new palier.Environment("bench", { stage: "staging" });

for (let time = 1; time <= new pulumi.Config("bench").requireNumber("times"); time++) {
  const db = new palier.Postgres(`db-${time}`, {
    environment,
    image: images["postgres"]!,
    databases: { shop: {}, stock: {} },
  });
  const queue = new palier.Redis(`queue-${time}`, { environment, image: images["redis"]!, purpose: "queue" });
  const payments = palier.outside({ host: "payments.example" });
  const image = images["redis"]!;
  const stock = new palier.App(`stock-${time}`, {
    environment,
    image,
    links: { DATABASE_URL: db.links["stock"]! },
  });
  new palier.App(`shop-${time}`, {
    environment,
    image,
    links: { DATABASE_URL: db.links["shop"]!, REDIS_URL: queue.link, STOCK_URL: stock.link, PAYMENTS_URL: payments },
    secrets: { JWT_SECRET: { generate: 64 } },
    migrate: { command: ["node", "migrate.ts", "up"], rollback: "node migrate.ts down" },
    workers: { mail: { command: ["node", "mail.ts"] } },
    tasks: { report: { command: ["node", "report.ts"], schedule: "0 6 * * *", timeZone: "Europe/Paris" } },
  });
  new palier.Worker(`search-${time}`, { environment, image, links: { REDIS_URL: queue.link } });
  new palier.CronTask(`sweep-${time}`, { environment, image, schedule: "0 3 * * *", links: { REDIS_URL: queue.link } });
}
