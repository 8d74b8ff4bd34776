import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Declared } from "../declared.ts";
import { environments, system, systemNames } from "../systems.ts";
import { backups } from "./backups.ts";
import { canaries, edges } from "./edges.ts";
import { byEngine } from "./engines.ts";
import { postgresCluster, stores } from "./stores.ts";
import { workloads } from "./workloads.ts";

/**
 * Names are identity: a changed line here replaces somebody's object, so it needs an alias. With PALIER_UPDATE=1 the
 * test writes the lines anew.
 */
function kept(what: string, resources: Declared[]): void {
  const lines = resources.map(({ type, name }) => `${type} :: ${name}`);
  const file = join(import.meta.dirname, `${what}.txt`);
  if (process.env["PALIER_UPDATE"] === "1") writeFileSync(file, `${lines.join("\n")}\n`);
  assert.deepEqual(lines, readFileSync(file, "utf8").trim().split("\n"));
}

describe("identity", () => {
  for (const name of systemNames) {
    for (const stack of environments) {
      it(`keeps the type and name of every resource of ${name} in ${stack}`, async () => {
        kept(`${name}.${stack}`, await system(name, stack));
      }).timeout(60_000);
    }
  }

  it("keeps those of every kind of workload", async () => {
    kept("workloads.staging", await workloads("staging"));
  });

  it("keeps those of a backup, its drill and a restore", async () => {
    kept("backups.staging", await backups("staging"));
  });

  for (const stack of ["dev", "production"]) {
    it(`keeps those of every store in ${stack}`, async () => kept(`stores.${stack}`, await stores(stack)));
  }

  for (const stack of ["dev", "production"]) {
    it(`keeps those of a Postgres of several servers in ${stack}`, async () =>
      kept(`postgresCluster.${stack}`, await postgresCluster(stack)));
  }

  for (const [way, made] of Object.entries(edges)) {
    it(`keeps those of an edge: ${way}`, async () => kept(`edge.${way}`, await made()));
  }

  for (const [way, made] of Object.entries(canaries)) {
    it(`keeps those of a canary, for an image: ${way}`, async () => kept(`canary.${way}`, await made()));
  }

  for (const [engine, made] of Object.entries(byEngine)) {
    it(`keeps those of a release by another engine: ${engine}`, async () => kept(`engine.${engine}`, await made()));
  }
});
