import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildGo, builtPath, type GoProgram } from "../../local/go-build.ts";
import { temporaryFolder } from "../temporary.ts";

/** Go as far as a build asks for it: its result is the word "whole". */
const go = `#!/bin/sh
case "$1 $2" in
  "env GOVERSION") echo go1.24.0 ;;
  "env GOCACHE") dirname "$0" ;;
  build*) while [ "$1" != -o ]; do shift; done; echo whole > "$2" ;;
esac
`;

describe("what a build leaves in the cache", () => {
  const path = process.env["PATH"];
  let program: GoProgram;

  beforeEach(() => {
    const folder = temporaryFolder("go-build");
    for (const name of ["tools", "module", "cache/bin"]) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, "tools/go"), go);
    writeFileSync(join(folder, "module/go.mod"), "module trial\n\ngo 1.24.0\n");
    chmodSync(join(folder, "tools/go"), 0o755);
    process.env["PATH"] = `${join(folder, "tools")}:${path}`;
    program = { name: "trial", version: "1", dir: join(folder, "module"), package: ".", cache: join(folder, "cache") };
  });

  afterEach(() => {
    process.env["PATH"] = path;
  });

  it("is never a whole one when it was killed, and goes with the next; one that still runs stays", async () => {
    const target = await builtPath(program);
    const [dead, alive] = [`${target}.${2 ** 22 + 1}`, `${target}.${process.ppid}`];
    for (const file of [dead, alive]) writeFileSync(file, "ha");
    const step = { say: () => {}, progress: () => {} };
    assert.equal(readFileSync(await buildGo(step, program), "utf8"), "whole\n");
    const left = readdirSync(join(program.cache, "bin")).sort();
    assert.deepEqual(left, [basename(target), basename(alive)]);
  });

  it("goes when no clone has started it for a month, and never one that is in use", async () => {
    const target = await builtPath(program);
    const bin = join(program.cache, "bin");
    const monthAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000);
    for (const name of ["trial-1-0ld00000", "trial-1-1nuse000", "other-1-0ld00000"]) writeFileSync(join(bin, name), "");
    for (const name of ["trial-1-0ld00000", "other-1-0ld00000"]) utimesSync(join(bin, name), monthAgo, monthAgo);
    const step = { say: () => {}, progress: () => {} };
    await buildGo(step, program);
    assert.deepEqual(readdirSync(bin).sort(), ["other-1-0ld00000", "trial-1-1nuse000", basename(target)].sort());
    utimesSync(target, monthAgo, monthAgo);
    await buildGo(step, program);
    assert.ok(statSync(target).mtimeMs > monthAgo.getTime() + 1000, "starting it counts as use");
  });
});
