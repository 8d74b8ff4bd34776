import assert from "node:assert/strict";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { Clone } from "../../../local/clone.ts";
import {
  mergeImages,
  mergeProject,
  mergeStack,
  type Project,
  readStack,
  writeProject,
} from "../../../local/stack/project.ts";
import { declaredSecrets } from "../../../local/stack/stacks.ts";
import type { System } from "../../../local/systems.ts";
import { temporaryFolder } from "../../temporary.ts";

describe("the project folder outside the clone", () => {
  let clone: Clone;
  let system: System;
  const values = { context: "palier-1", kubeconfig: "/k", registry: "127.0.0.1:20101" };

  beforeEach(async () => {
    const root = temporaryFolder("project");
    const home = temporaryFolder("home");
    await writeFile(join(root, "Pulumi.dev.yaml"), "config:\n  avnir:url: http://a\n");
    const config = {
      KEY: { type: "string", secret: true },
      url: { type: "string" },
      DONE: { secret: true, default: "x" },
    };
    const project = { name: "avnir", main: "stacks/avnir/index.ts", runtime: "nodejs", config };
    system = { name: "avnir", folder: root, project };
    clone = { root, id: "1", home, cache: home, ports: { api: 20100, registry: 20101, nodePortFirst: 20000 } };
  });

  it("points at the clone's program and the home's backend", async () => {
    const { folder } = await writeProject(clone, system, values);
    const project = parse(await readFile(join(folder, "Pulumi.yaml"), "utf8"));
    assert.equal(project.main, join(clone.root, "stacks/avnir/index.ts"));
    assert.equal(project.backend.url, `file://${join(clone.home, "backend")}?metadata=skip`);
    assert.equal(project.runtime, "nodejs");
  });

  it("gives each stack the node's context and a node port of its own, and keeps it", async () => {
    const project = await writeProject(clone, system, values);
    const ports = async () =>
      Promise.all(
        (["dev", "staging", "production"] as const).map(
          async (name) => (await readStack(project, name))?.config?.["avnir:nodePort"],
        ),
      );
    assert.deepEqual(await ports(), [20000, 20001, 20002]);
    const file = join(project.folder, "Pulumi.dev.yaml");
    const numbers = await readFile(file, "utf8");
    await writeFile(file, numbers.replace("nodePort: 20000", 'nodePort: "20000"')); // as Pulumi writes it
    const other = await writeProject(clone, { ...system, name: "mapquiz" }, values);
    assert.equal((await readStack(other, "dev"))?.config?.["mapquiz:nodePort"], 20003);
    await writeProject(clone, system, values);
    assert.deepEqual(await ports(), [20000, 20001, 20002]);
  });

  it("names the registry to push to in dev alone: what is promoted is built once", async () => {
    const project = await writeProject(clone, system, values);
    assert.equal((await readStack(project, "dev"))?.config?.["avnir:registry"], values.registry);
    assert.equal((await readStack(project, "staging"))?.config?.["avnir:registry"], undefined);
  });

  it("says once for each stack that the node watches nothing, until somebody says otherwise there", async () => {
    const project = await writeProject(clone, system, values);
    const monitoring = async (of: Project) => (await readStack(of, "staging"))?.config?.["palier:monitoring"];
    assert.equal(await monitoring(project), "skip");
    await mergeStack(project, "staging", { "palier:monitoring": "required" });
    assert.equal(await monitoring(await writeProject(clone, system, values)), "required");
    const elsewhere = { ...clone, home: temporaryFolder("home") };
    assert.equal(await monitoring(await writeProject(elsewhere, system, { context: "kind-palier" })), undefined);
  });

  it("keeps images and digests when the tracked files are merged again", async () => {
    const project = await writeProject(clone, system, values);
    await mergeImages(project, { postgres: "p@sha256:1" });
    await mergeStack(project, "staging", { "avnir:images": { api: "a@sha256:2" } });
    await writeFile(
      join(clone.root, "Pulumi.staging.yaml"),
      "config:\n  avnir:url: http://b\n  images: { postgres: tracked }\n",
    );
    await mergeProject(clone, system);
    const config = (await readStack(project, "staging"))?.config;
    assert.deepEqual(config?.["avnir:images"], { postgres: "p@sha256:1", api: "a@sha256:2" });
    assert.equal(config?.["avnir:url"], "http://b");
  });

  it("makes a passphrase once, for this user's eyes, and no new one where stacks depend on the lost one", async () => {
    const project = await writeProject(clone, system, values);
    const file = join(clone.home, "passphrase");
    const first = await readFile(file, "utf8");
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    await writeProject(clone, system, values);
    assert.equal(await readFile(file, "utf8"), first);
    await mergeStack(project, "dev", {}, { encryptionsalt: "v1:x" });
    await rm(file);
    await assert.rejects(writeProject(clone, system, values), /passphrase.* is gone/);
  });

  it("fills only the secrets that the project declares and gives no value", async () => {
    assert.deepEqual(declaredSecrets(await writeProject(clone, system, values)), ["avnir:KEY"]);
  });
});
