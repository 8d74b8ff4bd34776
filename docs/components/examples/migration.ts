import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");
const keys = new palier.Secrets("keys", { environment, values: { DATABASE_PASSWORD: { generate: 32 } } });
const password = keys.keys["DATABASE_PASSWORD"]!;

/** An app's own `migrate` makes one of these from its links; by itself it is told everything. */
const migration = new palier.Migration("api-migrate", {
  environment,
  app: "api",
  image: `registry.example/shop/api@sha256:${"a".repeat(64)}`,
  command: ["node", "migrate.ts", "up"],
  rollback: "node migrate.ts down",
  variables: { PGHOST: "db", PGUSER: "api" },
  secrets: { PGPASSWORD: password },
  authorities: {},
  pause: { deployments: ["api-mail"] },
  after: password.name,
});

export const { ready } = migration;
