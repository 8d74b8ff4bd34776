import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Clone } from "../../local/clone.ts";
import { inspectCluster } from "../../local/cluster.ts";
import { debianRoot } from "../../local/debian.ts";
import { engineVersion } from "../../local/engine.ts";
import { builderPackages } from "../../local/images/builder.ts";
import { describeRoom, needsOf, tooFull } from "../../local/room.ts";
import { temporaryFolder } from "../temporary.ts";

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}

describe("the disk that a start needs", function () {
  this.timeout("30s");
  const { GOCACHE, PATH } = process.env;
  let clone: Clone;
  const bytes = async () => Object.fromEntries((await needsOf(clone)).map(({ what, bytes }) => [what, bytes]));

  beforeEach(() => {
    const folder = temporaryFolder("room");
    const ports = { api: 1, registry: 2, nodePortFirst: 3 };
    const root = resolve(import.meta.dirname, "../..");
    clone = { root, id: "00000000", home: join(folder, "home"), cache: join(folder, "cache"), ports };
    process.env["GOCACHE"] = join(folder, "compiled");
  });
  afterEach(() => {
    process.env["PATH"] = PATH;
    if (GOCACHE === undefined) delete process.env["GOCACHE"];
    else process.env["GOCACHE"] = GOCACHE;
  });

  const engine = () => {
    const folder = join(clone.home, "..", "user");
    write(join(folder, "pulumi"), `#!/bin/sh\necho v${engineVersion}\n`);
    process.env["PATH"] = `${folder}:${PATH}`;
  };
  const built = async () => write((await inspectCluster(clone))[0]!.path!, "");
  const packages = async () => {
    for (const folder of [debianRoot(clone.cache, builderPackages), (await inspectCluster(clone))[1]!.path!]) {
      const all = ["buildah", "containerd", "docker-registry"].map((name) => ({ name, version: "1" }));
      write(join(folder, "packages.json"), JSON.stringify(all));
    }
  };

  it("is the most where nothing is built or fetched yet", async () => {
    engine();
    assert.deepEqual(await bytes(), {
      "the node's data": 2e9,
      "Debian packages": 1.5e9,
      "building cluster (Kubernetes, etcd, kubectl)": 25e9,
    });
  });

  it("is less by what the cache holds", async () => {
    engine();
    await built();
    assert.deepEqual(await bytes(), { "the node's data": 2e9, "Debian packages": 1.5e9 });
    await packages();
    assert.deepEqual(await bytes(), { "the node's data": 2e9 });
  });

  it("is the least where the node is there already", async () => {
    engine();
    await built();
    await packages();
    write(join(clone.home, "cluster", "etcd", "member"), "");
    assert.deepEqual(await bytes(), { "the node's data": 1e9 });
  });

  const data = { what: "the node's data", folder: "/home/x", bytes: 2e9 };
  const build = { what: "building pulumi", folder: "/build", bytes: 25e9 };

  it("is said in one line, with what is free", () => {
    const lines = [
      describeRoom([{ folder: "/home/x", free: 43.2e9, needs: [data] }]),
      describeRoom([{ folder: "/home/x", free: 43.2e9, needs: [data, build] }]),
      describeRoom([
        { folder: "/home/x", free: 43.2e9, needs: [data] },
        { folder: "/build", free: 9e9, needs: [build] },
      ]),
    ];
    assert.deepEqual(lines, [
      "needs about 2.0 GB for the node's data; 43.2 GB are free",
      "needs about 27.0 GB (the node's data 2.0 GB, building pulumi 25.0 GB); 43.2 GB are free",
      "needs about 2.0 GB for the node's data; 43.2 GB are free where /home/x lies, and needs about 25.0 GB for building pulumi; 9.0 GB are free where /build lies",
    ]);
  });

  it("is refused where the disk has less, with the commands that make room", () => {
    const enough = { folder: "/home/x", free: 2e9, needs: [data] };
    assert.equal(tooFull([enough]), undefined);
    const refused = tooFull([enough, { folder: "/build", free: 24.9e9, needs: [build] }]);
    assert.match(
      refused!.message,
      /needs about 25\.0 GB for building pulumi, and 24\.9 GB are free where \/build lies/,
    );
    assert.match(refused!.next, /npm run clean .*npm run clean -- --cache /);
  });
});
