import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared } from "../../declared.ts";

const image = `registry.example/api@sha256:${"a1b2c3d4".repeat(8)}`;

async function migrations(config: Record<string, string>): Promise<string[]> {
  const resources = await declared({ stack: "staging", config }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    const links = { DATABASE_URL: db.links["shop"]! };
    new palier.App("api", { environment, image, links, migrate: { command: ["node", "migrate.ts"] } });
  });
  return resources.filter(({ name }) => name === "api-migrate-job").map(({ name }) => name);
}

describe("a release that palier rollback has brought back", () => {
  it("migrates nothing: the schema has gone on, and its own migrations ran when it was released", async () => {
    assert.deepEqual(await migrations({ "palier:rolledBack": "99999999,a1b2c3d4" }), []);
  });

  it("is no other: every other image is migrated for", async () => {
    assert.deepEqual(await migrations({}), ["api-migrate-job"]);
    assert.deepEqual(await migrations({ "palier:rolledBack": "99999999" }), ["api-migrate-job"]);
  });
});
