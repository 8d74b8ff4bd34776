import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { drillRecord } from "../../core/records/drillRecord.ts";
import { openClone } from "../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../local/debian.ts";
import { backup } from "../../local/images/backup/recipe.ts";
import { record } from "../proof.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { keys, startStore } from "./backup/store.ts";
import type { Knobs } from "./backup/system.ts";
import { made } from "./images/made.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

const rows = 1_000_000;
const filled = `CREATE ROLE shop_owner NOLOGIN;
  CREATE TABLE rows AS SELECT n AS id, md5(n::text) FROM generate_series(1, ${rows}) n;
  ALTER TABLE rows OWNER TO shop_owner`;
const content = "SELECT count(*) || ' ' || md5(string_agg(rows::text, '' ORDER BY id)) FROM rows";

describeOnNode("backups on a node", function (machine) {
  this.timeout("15m");
  const trial = new AvnirTrial(machine, "pr-31");
  const on = (...args: string[]) => kubectl(machine, ...args, "-n", trial.namespace);

  const sql = (server: string, text: string): Promise<string> => {
    const command = `PGPASSWORD="$(cat /etc/palier/admin/password)" psql -U postgres -At -d shop -c "$0"`;
    return kubectl(machine, "-n", trial.namespace, "exec", `${server}-0`, "--", "sh", "-c", command, text);
  };

  /** Runs a CronJob at once, and returns its log. */
  const now = async (cronJob: string): Promise<string> => {
    const name = `${cronJob}-${randomBytes(3).toString("hex")}`;
    await on("create", "job", `--from=cronjob/${cronJob}`, name);
    await on("wait", "--for=condition=complete", `job/${name}`, "--timeout=600s").catch(async () => {
      throw new Error(`${name} did not complete: ${await on("logs", `job/${name}`)}`);
    });
    return on("logs", `job/${name}`);
  };

  before("up, and a store", async () => {
    const { cache } = await openClone();
    const debian = await debianParts({ say: () => {}, progress: () => {} }, cache, backup.packages);
    const env = { ...process.env, ...debianEnvironment(debian) };
    const { stdout: key } = await promisify(execFile)("age-keygen", [], { env });
    const knobs: Knobs = { recipient: /age1\w+/.exec(key)![0], restored: false };
    const image = await made(machine, backup);
    const config = { "backup:knobs": knobs, "avnir:images": { postgres: machine.images.postgres, backup: image } };
    await trial.init("dev", { main: join(import.meta.dirname, "backup/system.ts"), config });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    const values = Object.entries({ ...keys, identity: /AGE-SECRET-KEY-\w+/.exec(key)![0] });
    await on(
      "create",
      "secret",
      "generic",
      "store",
      ...values.map(([name, value]) => `--from-literal=${name}=${value}`),
    );
    await startStore(machine, image, trial.namespace);
    await sql("db", filled);
  });

  after(() => trial.drop());

  it("save a million rows, try them on a server of their own, and bring them back on another one [MP-98 MP-143 DP-29]", async () => {
    assert.match(await now("db-backup"), /"sha256":"[0-9a-f]{64}"/);
    const drilled = JSON.parse((await now("db-backup-drill")).split("\n")[0]!);
    assert.equal(drilled.result, "passed", drilled.reason);
    assert.deepEqual(drilled.assertions, [rows]);
    await trial.set("backup:knobs.restored", "true");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    assert.equal(await sql("db2", content), await sql("db", content));
  });

  it("are rehearsed by palier drill restore, which says what would be lost and what a restore takes [DP-81 MP-145]", async () => {
    const program = join(import.meta.dirname, "../../cli/palier.ts");
    const { folder, env } = trial.project;
    const args = [
      program,
      "drill",
      "restore",
      trial.stack,
      "--project",
      folder,
      "--output",
      join(folder, "drill.json"),
    ];
    const { stdout } = await promisify(execFile)(machine.node, args, { env });
    assert.match(stdout, /^db-backup-drill +passed +\d+ +\d+ +\d{8}T\d{6}Z$/m);
    const drill = drillRecord.parse(JSON.parse(readFileSync(join(folder, "drill.json"), "utf8")));
    assert.deepEqual([drill.result, drill.database, drill.assertions], ["passed", "shop", [rows]]);
    record("A restore, rehearsed", {
      what: `palier drill restore of ${rows.toLocaleString("en")} rows`,
      "RPO s": drill.rpoSeconds!,
      "RTO s": drill.rtoSeconds!,
    });
  });

  it("leave alone what was restored once, whatever its apps have made of it since", async () => {
    await sql("db2", "DELETE FROM rows WHERE id = 1");
    const job = (await on("get", "jobs", "-l", "app.kubernetes.io/component=restore", "-o", "name")).trim();
    const { code, output } = await trial.up("--replace", await urnOf("db2-shop-restore-job"));
    assert.equal(code, 0, output);
    assert.notEqual((await on("get", "jobs", "-l", "app.kubernetes.io/component=restore", "-o", "name")).trim(), job);
    assert.equal((await sql("db2", "SELECT count(*) FROM rows")).trim(), String(rows - 1));
  });

  async function urnOf(name: string): Promise<string> {
    const { output } = await trial.run("stack", "--show-urns", "--stack", trial.stack);
    return new RegExp(`urn:\\S+::${name}\\b`).exec(output)![0];
  }
});
