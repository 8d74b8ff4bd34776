import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { openClone } from "../../local/clone.ts";
import { prepareCluster } from "../../local/cluster.ts";
import { debianParts } from "../../local/debian.ts";
import { prepareEngine } from "../../local/engine.ts";
import { builderPackages } from "../../local/images/builder.ts";
import { layoutOf } from "../../local/images/make.ts";
import { recipes } from "../../local/images/recipes.ts";
import { describeOnNode } from "./machine.ts";

const root = resolve(import.meta.dirname, "../..");

describeOnNode("the cache that this node was started from", function (machine) {
  this.timeout("10m");
  const folder = mkdtempSync(join(machine.home, "cache-"));
  const archive = join(folder, "cache.tar");
  const second = { ...process.env, PALIER_CACHE: join(folder, "cache"), PALIER_HOME: join(folder, "home") };
  const npm = async (env: NodeJS.ProcessEnv, ...command: string[]) => {
    const bootstrap = join(root, "local/bootstrap.mjs");
    const { stdout } = await promisify(execFile)(machine.node, [bootstrap, ...command], { env });
    return stdout;
  };

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("fills an empty one on a second machine, which then has nothing to build or fetch", async () => {
    const saved = await npm({ ...process.env, PALIER_HOME: join(folder, "saving") }, "cache", "save", archive);
    assert.match(saved, / MB {2}bin\/palier-node-\S+, packed \d+ MB/);
    const loaded = await npm(second, "cache", "load", archive);
    assert.match(loaded, /took \d+ parts, \S+ MB; 0 were there already/);
    assert.match(loaded, /nothing is left to build/);
    assert.doesNotMatch(await npm(second, "doctor"), /builds it|fetches it/);
    const said: string[] = [];
    const step = { say: (line: string) => void said.push(line), progress: () => {} };
    const clone = await openClone(second);
    await prepareEngine(step, clone);
    await prepareCluster(step, clone);
    await debianParts(step, clone.cache, builderPackages);
    for (const recipe of recipes) assert.ok(existsSync(await layoutOf(clone.cache, recipe)), recipe.name);
    assert.deepEqual(
      said.filter((line) => !line.startsWith("pulumi ")),
      [],
    );
  });

  it("is all there already when it is loaded again", async () => {
    assert.match(await npm(second, "cache", "load", archive), /took 0 parts, 0 kB; \d+ were there already/);
  });
});
