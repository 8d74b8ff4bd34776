import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Clone } from "./clone.ts";
import { describeOnNode } from "./machine.ts";

const run = promisify(execFile);

describeOnNode("two clones on one machine", function (machine) {
  this.timeout("5m");
  const folder = mkdtempSync(join(machine.home, "clones-"));
  const clones = ["one", "other"].map((name) => new Clone(machine, join(folder, name)));

  before("both preview dev, each on a node of its own, at the same time", async () => {
    await Promise.all(clones.map((clone) => clone.make()));
    await Promise.all(clones.map((clone) => clone.npm("start", "--preview")));
  });

  after(async () => {
    for (const clone of clones) await clone.npm("stop");
    rmSync(folder, { recursive: true, force: true });
  });

  it("leave git status clean [AV-05]", async () => {
    for (const { path } of clones) {
      const { stdout } = await run("git", ["-C", path, "status", "--porcelain"]);
      assert.equal(stdout, "");
    }
  });

  it("have a passphrase and secrets each, which the other's does not open", async () => {
    const [one, other] = clones as [Clone, Clone];
    assert.notEqual(one.passphrase(), other.passphrase());
    const key = "avnir:STRIPE_SECRET_KEY";
    const values = await Promise.all(clones.map((clone) => clone.pulumi({}, "config", "get", key, "--stack", "dev")));
    assert.ok(values[0]!.length > 20 && values[0] !== values[1]);
    const borrowed = { PULUMI_CONFIG_PASSPHRASE_FILE: join(other.home, "passphrase") };
    await assert.rejects(one.pulumi(borrowed, "config", "get", key, "--stack", "dev"), /incorrect passphrase/);
  });

  it("say how to go on when the passphrase is not the one of the stacks", async () => {
    const [one, other] = clones as [Clone, Clone];
    const own = one.passphrase();
    one.changePassphrase(other.passphrase());
    try {
      await assert.rejects(one.npm("start", "--preview"), (error: { code: number; stdout: string; stderr: string }) => {
        assert.equal(error.code, 1);
        const output = error.stdout + error.stderr;
        assert.match(output, /passphrase file does not fit this clone's stacks/);
        for (const secret of [own, other.passphrase()])
          assert.ok(!output.includes(secret.trim()), "shows a passphrase");
        assert.doesNotMatch(output, /^ +at /m);
        return true;
      });
    } finally {
      one.changePassphrase(own);
    }
  });
});
