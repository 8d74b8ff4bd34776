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
  const stock = new palier.App(`stock-${time}`, {
    environment,
    image: images["redis"]!,
    links: { DATABASE_URL: db.links["stock"]! },
  });
  new palier.App(`shop-${time}`, {
    environment,
    image: images["redis"]!,
    links: { DATABASE_URL: db.links["shop"]!, REDIS_URL: queue.link, STOCK_URL: stock.link },
    secrets: { JWT_SECRET: { generate: 64 } },
    migrate: { command: ["node", "migrate.ts", "up"], rollback: "node migrate.ts down" },
  });
}
