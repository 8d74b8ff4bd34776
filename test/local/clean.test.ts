import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { cacheRemovals, findRemovals, remove, testRemovals } from "../../local/clean.ts";
import type { Clone } from "../../local/clone.ts";
import { describeSize } from "../../local/size.ts";
import { temporaryFolder } from "../temporary.ts";

describe("npm run clean", () => {
  let clone: Clone;
  beforeEach(async () => {
    const folder = temporaryFolder("clean");
    const [root, home, cache] = ["clone", "home", "cache"].map((name) => join(folder, name));
    for (const path of [root!, join(home!, "cluster"), join(cache!, "bin")]) await mkdir(path, { recursive: true });
    await writeFile(join(home!, "cluster", "data"), "x".repeat(2000));
    await writeFile(join(home!, "letter.txt"), "dear");
    clone = { root: root!, id: "1", home: home!, cache: cache!, ports: { api: 1, registry: 2, nodePortFirst: 3 } };
  });

  it("finds what a run has put into the home and the cache, with its size, and nothing else", async () => {
    const [cluster, ...others] = await findRemovals(clone);
    assert.equal(cluster?.path, join(clone.home, "cluster"));
    assert.ok(cluster.bytes >= 2000);
    assert.deepEqual(others, []);
    assert.deepEqual(
      (await cacheRemovals(clone)).map(({ path }) => path),
      [join(clone.cache, "bin")],
    );
  });

  it("takes the home of npm test as a whole", async () => {
    await mkdir(`${clone.home}-test`);
    assert.deepEqual(await testRemovals(clone), []);
    await writeFile(join(`${clone.home}-test`, "ports.json"), "{}");
    assert.deepEqual(
      (await testRemovals(clone)).map(({ path }) => path),
      [`${clone.home}-test`],
    );
  });

  it("removes that, and leaves what somebody else has put there", async () => {
    await remove(await findRemovals(clone), clone);
    assert.deepEqual(await readdir(clone.home), ["letter.txt"]);
    assert.deepEqual(await readdir(clone.cache), ["bin"]);
  });

  for (const [what, path] of [
    ["the clone itself", () => clone.root],
    ["the user's own folder", () => homedir()],
    ["a folder beside the home", () => `${clone.home}-other`],
    ["a way out of the home", () => join(clone.home, "..", "clone")],
  ] as const) {
    it(`refuses ${what}, and removes nothing`, async () => {
      const wrong = { path: path(), what, bytes: 0 };
      const removals = [...(await findRemovals(clone)), wrong];
      await assert.rejects(remove(removals, clone), /does not belong to this clone; nothing was removed/);
      assert.ok((await readdir(clone.home)).includes("cluster"));
    });
  }

  it("writes sizes as people read them", () => {
    assert.deepEqual([12, 2e6, 3.14e9].map(describeSize), ["1 kB", "2 MB", "3.1 GB"]);
  });
});
