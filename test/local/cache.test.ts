import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { zstdCompressSync } from "node:zlib";
import { loadCache } from "../../local/cache/load.ts";
import { saveCache } from "../../local/cache/save.ts";
import { temporaryFolder } from "../temporary.ts";

const step = { say: () => {}, progress: () => {} };
const program = "bin/node-1.0-12345678";
const image = "images/redis-local-1";
const parts = [program, image].map((path) => ({ path, needed: true }));

describe("npm run cache", () => {
  let folder: string;
  let archive: string;
  let cache: string;
  const load = () => loadCache(step, cache, archive);
  /** What there is in the cache that was loaded into. */
  const present = () => (readdirSync(cache, { recursive: true }) as string[]).filter((name) => name !== "load.lock");

  beforeEach(async () => {
    folder = temporaryFolder("cache");
    archive = join(folder, "cache.tar");
    cache = join(folder, "empty");
    const full = join(folder, "full");
    for (const path of ["bin", `${image}/blobs`, "empty"]) mkdirSync(join(full, path), { recursive: true });
    mkdirSync(cache);
    writeFileSync(join(full, program), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(full, "bin/of-another-version"), "old");
    writeFileSync(join(full, image, "blobs/a"), "layer");
    symlinkSync("/usr/bin/true", join(full, image, "link"));
    await saveCache(step, full, parts, archive);
  });

  /** Packs the archive anew after its files, the manifest among them, were changed. */
  function change(work: (unpacked: string) => void): void {
    const unpacked = temporaryFolder("unpacked");
    execFileSync("tar", ["-xf", archive, "-C", unpacked]);
    work(unpacked);
    execFileSync("tar", ["-cf", archive, "-C", unpacked, ...readdirSync(unpacked)]);
  }

  function changeManifest(to: object, ofProgram: object = {}): void {
    change((unpacked) => {
      const file = join(unpacked, "manifest.json");
      const manifest = Object.assign(JSON.parse(readFileSync(file, "utf8")), to);
      Object.assign(manifest.parts[0], ofProgram);
      writeFileSync(file, JSON.stringify(manifest));
    });
  }

  /** The program's part now holds what `tar` makes of these arguments, with a checksum that fits. */
  function replacePart(...args: string[]): void {
    const packed = zstdCompressSync(execFileSync("tar", ["-c", "-P", ...args]));
    change((unpacked) => writeFileSync(join(unpacked, "bin-node-1.0-12345678.tar.zst"), packed));
    changeManifest({}, { sha256: createHash("sha256").update(packed).digest("hex") });
  }

  it("fills an empty cache with the parts as they were, and says so", async () => {
    const { taken, present: there, passedOver } = await load();
    assert.deepEqual([taken.map(({ path }) => path), there, passedOver], [[program, image], [], []]);
    assert.equal(lstatSync(join(cache, program)).mode & 0o777, 0o755);
    assert.equal(readFileSync(join(cache, image, "blobs/a"), "utf8"), "layer");
    assert.equal(readlinkSync(join(cache, image, "link")), "/usr/bin/true");
    assert.deepEqual(readdirSync(cache).sort(), ["bin", "images", "load.lock"]);
  });

  it("leaves what is there already as it is", async () => {
    mkdirSync(join(cache, "bin"));
    writeFileSync(join(cache, program), "own");
    const { taken, present: there } = await load();
    assert.deepEqual([taken.map(({ path }) => path), there.map(({ path }) => path)], [[image], [program]]);
    assert.equal(readFileSync(join(cache, program), "utf8"), "own");
  });

  it("names versions, architecture, sizes and checksums in its manifest", () => {
    const manifest = JSON.parse(execFileSync("tar", ["-xOf", archive, "manifest.json"], { encoding: "utf8" }));
    assert.equal(manifest.arch, process.arch);
    assert.match(manifest.versions.kubernetes, /^\d+\.\d+\.\d+$/);
    for (const part of manifest.parts) {
      assert.match(part.sha256, /^[0-9a-f]{64}$/);
      assert.ok(part.bytes > 0 && part.packedBytes > 0);
    }
  });

  it("leaves Debian's parts out where Debian is another, or lacks what they lean on", async () => {
    changeManifest({ leansOn: ["no-such-package"] });
    const { taken, passedOver } = await load();
    assert.deepEqual(
      taken.map(({ path }) => path),
      [program],
    );
    assert.deepEqual(
      passedOver.map(({ part, why }) => [part.path, why]),
      [[image, "this machine lacks no-such-package"]],
    );
    changeManifest({ distribution: "debian 3" });
    assert.match((await load()).passedOver[0]!.why, /it was made on debian 3, and this is/);
  });

  const wrong: [string, () => void, RegExp][] = [
    ["a file that is not there", () => rmSync(archive), /There is no /],
    ["a foreign file", () => writeFileSync(archive, "dear"), /is not an archive of Palier's cache/],
    ["an empty file", () => writeFileSync(archive, ""), /is not an archive of Palier's cache/],
    ["a foreign archive", () => change((unpacked) => rmSync(join(unpacked, "manifest.json"))), /is not an archive of/],
    ["one of another format", () => changeManifest({ format: "2" }), /not an archive .*manifest.json.format/],
    ["another architecture", () => changeManifest({ arch: "vax" }), /saved on vax, and this machine is/],
    [
      "one that is cut off",
      () => truncateSync(archive, readFileSync(archive).indexOf("images-redis") + 520),
      /damaged at images.*checksum/,
    ],
    [
      "a member that is missing",
      () => change((all) => rmSync(join(all, "images-redis-local-1.tar.zst"))),
      /damaged at images/,
    ],
    [
      "a changed member",
      () => change((all) => writeFileSync(join(all, "images-redis-local-1.tar.zst"), "x")),
      /damaged at images/,
    ],
    ["a way out in the manifest", () => changeManifest({}, { path: "bin/../../x" }), /not an archive .*path/],
    ["an absolute path in it", () => changeManifest({}, { path: "/bin/x" }), /not an archive .*path/],
    ["a hidden name in it", () => changeManifest({}, { path: "bin/.x" }), /not an archive .*path/],
    ["a folder that is not the cache's", () => changeManifest({}, { path: "home/x" }), /not an archive/],
    [
      "a way out in a part",
      () => replacePart("--transform=s,.*,node-1.0-12345678/../../out,", archive),
      /holds .*out, which lies outside/,
    ],
    ["an absolute name in a part", () => replacePart(archive), /holds \/.*, which lies outside/],
    ["another name in a part", () => replacePart("-C", folder, "full"), /holds full\/, which lies outside/],
    ["a part that is no archive", () => replacePart("--version"), /can't be unpacked/],
  ];
  for (const [what, spoil, message] of wrong) {
    it(`refuses ${what}, and takes nothing`, async () => {
      spoil();
      await assert.rejects(load(), (error: Error & { next?: string }) => {
        assert.match(error.message, message);
        assert.ok(error.next);
        return true;
      });
      assert.deepEqual(present(), []);
      assert.ok(!existsSync(join(folder, "out")));
    });
  }

  it("does not write through a link that a part brings along", async () => {
    const [outside, inside] = [join(folder, "outside"), join(folder, "inside")];
    for (const path of [outside, inside, join(inside, "real")]) mkdirSync(path);
    symlinkSync(outside, join(inside, "node-1.0-12345678"));
    writeFileSync(join(inside, "real", "evil"), "");
    replacePart("-C", inside, "--transform=s,^real,node-1.0-12345678,", "node-1.0-12345678", "real/evil");
    await assert.rejects(load(), /can't be unpacked/);
    assert.deepEqual([readdirSync(outside), present()], [[], []]);
  });

  it("leaves nothing half when it is killed, and the next load takes it all", async () => {
    const full = join(folder, "full");
    writeFileSync(join(full, program), randomBytes(32 << 20));
    await saveCache(step, full, parts, archive);
    const url = resolve(import.meta.dirname, "../../local/cache/load.ts");
    const code = `import("${url}").then(({ loadCache }) => loadCache({ progress() {} }, "${cache}", "${archive}"))`;
    const child = spawn(process.execPath, ["-e", code], { stdio: "inherit" });
    const closed = once(child, "close");
    while (!existsSync(join(cache, "load/bin", "node-1.0-12345678")) && child.exitCode === null) await wait(1);
    child.kill("SIGKILL");
    assert.deepEqual(await closed, [null, "SIGKILL"]);
    assert.deepEqual(readdirSync(cache).sort(), ["load", "load.lock"]);
    assert.equal((await load()).taken.length, 2);
    assert.deepEqual(readdirSync(cache).sort(), ["bin", "images", "load.lock"]);
  });

  it("leaves nothing beside the archive when a part can't be read", async () => {
    await assert.rejects(saveCache(step, cache, parts, join(folder, "new.tar")), /can't be read: tar: /);
    assert.deepEqual(readdirSync(folder).sort(), ["cache.tar", "empty", "full"]);
  });
});
