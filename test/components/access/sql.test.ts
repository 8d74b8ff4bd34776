import { deepEqual, ok } from "node:assert/strict";
import { retireSql } from "../../../components/access/retireSql.ts";
import { accessSql } from "../../../components/access/sql.ts";

describe("what the superuser runs in an app's own database", () => {
  it("calls no function without its schema: a migration may have made one of that name [MP-136 P-22]", () => {
    for (const sql of [accessSql, retireSql]) {
      const within = sql.slice(sql.indexOf("\\connect"));
      const called = within.match(/[\w.]+(?=\()/g) ?? [];
      ok(called.length > 0);
      deepEqual(
        called.filter((name) => !name.startsWith("pg_catalog.")),
        [],
      );
    }
  });
});
