import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { backup } from "../../local/images/backup/recipe.ts";
import { postgresFor } from "../../local/images/extensions.ts";
import { lentLines } from "../../local/images/lent.ts";
import { recipeTag } from "../../local/images/make.ts";
import { postgis } from "../../local/images/postgis/recipe.ts";
import { publishedTag } from "../../local/images/published.ts";
import { recipes } from "../../local/images/recipes.ts";
import { digestIn } from "../../local/images/registry.ts";
import { inspectImages } from "../../local/images.ts";
import { findSystems } from "../../local/systems.ts";
import { temporaryFolder } from "../temporary.ts";

describe("images", () => {
  let cache: string;
  before(async () => {
    cache = temporaryFolder("images");
  });
  after(() => rm(cache, { recursive: true, force: true }));

  for (const recipe of [...recipes, backup, postgis]) {
    it(`${recipe.name}: a published image is pinned by digest, the one made here says what it is`, async () => {
      const { published } = recipe;
      if (published) {
        assert.match(published.digest, /^sha256:[0-9a-f]{64}$/);
        assert.match(publishedTag(published), /^published-[0-9a-f]{12}$/);
      }
      const dockerfile = await readFile(
        join(import.meta.dirname, "../../local/images", recipe.context ?? recipe.name, "Dockerfile"),
        "utf8",
      );
      assert.match(dockerfile, /^LABEL palier.dev\/stand-in=/m);
    });
  }

  it("hold PostGIS where a system's stack file asks for it, and are the plain ones of every other", async () => {
    for (const system of await findSystems(join(import.meta.dirname, "../.."))) {
      assert.equal(await postgresFor(system), system.name === "yonima" ? postgis : undefined, system.name);
    }
  });

  it("have no tag while their packages' versions are not known", async () => {
    assert.equal(await recipeTag(cache, recipes[0]!), undefined);
  });

  it("lend a build the lines of npm's settings that reach registries, and no others", () => {
    const npmrc = [
      "registry=https://npm.example.com/",
      "@scope:registry = https://scoped.example.com/",
      `//npm.example.com/:_authToken=\${TOKEN}`,
      "proxy=http://proxy:1",
      "cafile=/somewhere/ca.pem",
      "cache=/somewhere",
      "; a comment",
      "audit=false",
    ];
    assert.deepEqual(lentLines(npmrc.join("\n"), { TOKEN: "t" }), [
      "registry=https://npm.example.com/",
      "@scope:registry = https://scoped.example.com/",
      "//npm.example.com/:_authToken=t",
      "proxy=http://proxy:1",
    ]);
  });

  it("are asked for by tag, and are absent where the registry says so", async () => {
    const server = createServer((request, response) => {
      const there = request.method === "HEAD" && request.url === "/v2/palier/node/manifests/local-1";
      response.writeHead(there ? 200 : 404, there ? { "docker-content-digest": "sha256:1" } : {}).end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const registry = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      assert.equal(await digestIn(registry, "palier/node", "local-1"), "sha256:1");
      assert.equal(await digestIn(registry, "palier/node", "local-2"), undefined);
    } finally {
      server.close();
    }
  });

  it("say what to do while there is no builder", async () => {
    const [part] = await inspectImages({ cache });
    assert.equal(part!.version, "none yet");
    assert.match(part!.remedy!, /npm start/);
  });
});
