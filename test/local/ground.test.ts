import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary.ts";

const bootstrap = join(import.meta.dirname, "../../local/bootstrap.mjs");

describe("npm start on a machine that can't", function () {
  this.timeout("60s");
  const folder = temporaryFolder("ground");
  after(() => rmSync(folder, { recursive: true, force: true }));
  // Both are tried by taking something from root.
  if (process.getuid?.() !== 0) {
    it("skipped: this process is not root");
    return;
  }

  /** Runs `npm start` inside of another program, and expects one message with what to do next, and nothing made. */
  function refused(name: string, inside: (home: string) => string[]): string {
    const home = join(folder, name);
    mkdirSync(home);
    const [program, ...args] = inside(home);
    const env = { ...process.env, PALIER_HOME: home };
    const run = spawnSync(program!, [...args, process.execPath, bootstrap, "start"], { env, encoding: "utf8" });
    assert.equal(run.status, 1, run.stdout + run.stderr);
    assert.doesNotMatch(run.stderr, /^\s+at /m);
    assert.match(run.stderr, /^Next: /m);
    return run.stderr;
  }

  it("says what root's rights are missing, and how to take another cluster", () => {
    const said = refused("rights", () => ["setpriv", "--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin"]);
    assert.match(said, /CAP_SYS_ADMIN/);
    assert.match(said, /--context NAME/);
  });

  it("says how much disk is missing, and where", () => {
    const small = 'mount -t tmpfs -o size=64m none "$0" && exec "$@"';
    const said = refused("disk", (home) => ["unshare", "--mount", "sh", "-c", small, home]);
    assert.match(said, /The disk is too full: .* 2\.0 GB for the node's data, and \d+ MB are free where .*disk lies/);
    assert.match(said, /^Next: make room: npm run clean removes/m);
  });
});
