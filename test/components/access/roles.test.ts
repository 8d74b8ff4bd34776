import { deepEqual, equal, match } from "node:assert/strict";
import { rights } from "../../../components/access/rights.ts";
import { type Roles, rolesOf } from "../../../components/access/roles.ts";

describe("the roles of a link", () => {
  const names = ({ owner, app, login, migrator }: Roles) => [owner, app, login, ...(migrator ? [migrator] : [])];

  it("are those of its app, database and variable [MP-136 P-22]", () => {
    deepEqual(rolesOf("api", "shop", "DATABASE_URL", "first"), {
      owner: "shop_owner",
      app: "api.shop.database_url",
      login: "api.shop.database_url",
      migrator: "api.shop.database_url.migrator",
      right: "readWrite",
    });
  });

  it("of who reads or watches are others, with no migrator: what still writes keeps its own until it has ended [MP-136 P-22]", () => {
    for (const [right, end] of [
      ["readOnly", ".reader"],
      ["monitor", ".monitor"],
    ] as const) {
      const { app, migrator } = rolesOf("api", "shop", "DATABASE_URL", "first", right);
      deepEqual([app, migrator], [`api.shop.database_url${end}`, undefined]);
    }
  });

  it("have a login for each rotation, and keep the role that holds the grants [MP-129]", () => {
    const { login, ...rest } = rolesOf("api", "shop", "DATABASE_URL", "2026-11-01");
    const { login: before, ...same } = rolesOf("api", "shop", "DATABASE_URL", "first");
    deepEqual(rest, same);
    deepEqual([login, before], ["api.shop.database_url.fc72dc4e", "api.shop.database_url"]);
  });

  it("are no other link's, however the names are cut", () => {
    const links: [string, string, string][] = [
      ["api", "shop", "A"],
      ["api", "shop", "B"],
      ["api", "stock", "A"],
      ["api-shop", "stock", "A"],
      ["api", "shop_a", "B"],
      ["api", "shop", "A_B"],
      ["shop-owner", "shop", "A"],
      ["shop", "owner", "A_MIGRATOR"],
      ["api", "a".repeat(57), "A"],
      ["api", "a".repeat(57), "B"],
      ["api", `${"a".repeat(56)}b`, "A"],
    ];
    const roles = links.flatMap((link) => ["first", "a", "b"].map((rotation) => rolesOf(...link, rotation)));
    const logins = new Set(roles.flatMap(({ login, migrator }) => [login, migrator!]));
    equal(logins.size, links.length * (3 + 1));
  });

  it("have names that Postgres takes whole, and none of its own", () => {
    for (const app of ["postgres", "pg-stat", "a".repeat(40)]) {
      for (const right of rights) {
        const own = names(rolesOf(app, "b".repeat(57), "C".repeat(48), "2026-11-01", right));
        for (const name of own) equal(Buffer.byteLength(name) <= 63, true, name);
        for (const name of own.slice(1)) match(name, /^(?!pg_).*[.~]/);
      }
    }
  });
});
