import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describeOnNode, type Machine } from "./machine.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");

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
});

class Clone {
  readonly path: string;
  readonly home: string;
  readonly #machine: Machine;

  constructor(machine: Machine, path: string) {
    this.#machine = machine;
    this.path = path;
    this.home = `${path}-home`;
  }

  async make(): Promise<void> {
    await run("git", ["clone", "--quiet", root, this.path]);
    await run("cp", ["-al", join(root, "node_modules"), this.path]); // what npm ci would put there
  }

  async npm(...command: string[]): Promise<void> {
    const env = { ...process.env, PALIER_HOME: this.home };
    await run(this.#machine.node, [join(this.path, "local/bootstrap.mjs"), ...command], { cwd: this.path, env });
  }

  async pulumi(more: NodeJS.ProcessEnv, ...args: string[]): Promise<string> {
    const { env } = JSON.parse(readFileSync(join(this.home, "machine.json"), "utf8")) as Machine;
    const { stdout } = await run(this.#machine.pulumi, args, { env: { ...process.env, ...env, ...more } });
    return stdout.trim();
  }

  passphrase(): string {
    return readFileSync(join(this.home, "passphrase"), "utf8");
  }
}
