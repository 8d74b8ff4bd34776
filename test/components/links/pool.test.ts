import { deepEqual, match, rejects } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

const app = (pool: palier.PoolArgs, more: Partial<palier.AppArgs> = {}) =>
  declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    const { links } = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
    const { links: others, ...args } = more;
    new palier.App("api", {
      environment,
      image,
      links: { DATABASE_URL: { ...links["shop"]!, pool }, ...others },
      ...args,
    });
  });

const told = async (pool: palier.PoolArgs, more?: Partial<palier.AppArgs>) =>
  find(await app(pool, more), "kubernetes:core/v1:ConfigMap", "api-variables").inputs.data as Record<string, string>;

describe("the pool of a link", () => {
  it("is told by variables that go with the link's [MP-90 MP-92 MP-93 MP-94]", async () => {
    const data = await told({ size: 10, overflow: 20, timeoutSeconds: 30, recycleSeconds: 3600 });
    const ofPool = Object.fromEntries(Object.entries(data).filter(([name]) => name.startsWith("DATABASE_POOL_")));
    deepEqual(ofPool, {
      DATABASE_POOL_MAX: "10",
      DATABASE_POOL_OVERFLOW: "20",
      DATABASE_POOL_TIMEOUT: "30",
      DATABASE_POOL_RECYCLE: "3600",
    });
  });

  it("is told by the names that the process asks for, and says nothing of what is left out", async () => {
    const data = await told({ size: 10, overflow: 0, names: { size: "DB_POOL_SIZE", overflow: "DB_MAX_OVERFLOW" } });
    const ofPool = Object.entries(data).filter(([name]) => /POOL|OVERFLOW/.test(name));
    deepEqual(ofPool.sort(), [
      ["DB_MAX_OVERFLOW", "0"],
      ["DB_POOL_SIZE", "10"],
    ]);
  });

  const wrong: Record<string, [palier.PoolArgs, RegExp, Partial<palier.AppArgs>?]> = {
    "of nothing": [{ size: 0 }, /links.DATABASE_URL.pool.size: 0 is not allowed; give a whole number from 1 to 10000/],
    "with less than nothing above": [
      { size: 1, overflow: -1 },
      /pool.overflow: -1 is not allowed; give a whole .* 0 to/,
    ],
    "with one variable for two settings": [
      { size: 1, overflow: 1, names: { size: "POOL", overflow: "POOL" } },
      /links.DATABASE_URL.pool.names: gives two settings one variable/,
    ],
    "whose size pools says too": [
      { size: 1 },
      /pools.DATABASE_URL: sets DATABASE_POOL_MAX, as links.DATABASE_URL.pool does; leave one of them out/,
      { pools: { DATABASE_URL: 2 } },
    ],
    "that a variable in clear says too": [
      { size: 1, overflow: 2 },
      /variables.DATABASE_POOL_OVERFLOW: links.DATABASE_URL sets it; leave one of them out/,
      { variables: { DATABASE_POOL_OVERFLOW: "3" } },
    ],
  };
  for (const [what, [pool, says, more]] of Object.entries(wrong)) {
    it(`is refused with its path: one ${what}`, () =>
      rejects(app(pool, more), (error: Error) => {
        match(error.message, says);
        return true;
      }));
  }
});
