import { equal, match, notEqual, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { openClone } from "../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../local/debian.ts";
import { backup } from "../../local/images/backup/recipe.ts";
import { postgres17 } from "../../local/images/postgres17/recipe.ts";
import { record } from "../proof.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { keys, startStore } from "./backup/store.ts";
import { eventually } from "./eventually.ts";
import { made } from "./images/made.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import type { Knobs } from "./upgrade/system.ts";

const rows = 200_000;
const filled = `CREATE TABLE rows AS SELECT n AS id, md5(n::text) FROM generate_series(1, ${rows}) n;
  ALTER TABLE rows OWNER TO shop_owner`;
const content = "SELECT count(*) || ' ' || md5(string_agg(rows::text, '' ORDER BY id)) FROM rows";

describeOnNode("Postgres 15 and 17 on a node, and the way from one to the other", function (machine) {
  this.timeout("15m");
  const trial = new AvnirTrial(machine, "pr-37");
  const on = (...args: string[]) => kubectl(machine, ...args, "-n", trial.namespace);

  const sql = async (server: string, text: string): Promise<string> => {
    const command = `PGPASSWORD="$(cat /etc/palier/admin/password)" psql -U postgres -At -d shop -c "$0"`;
    const asked = ["exec", `${server}-0`, "--", "sh", "-c", command, text];
    return (await kubectl(machine, "-n", trial.namespace, ...asked)).trim();
  };
  const backUp = async (cronJob: string): Promise<void> => {
    const name = `${cronJob}-${randomBytes(3).toString("hex")}`;
    await on("create", "job", `--from=cronjob/${cronJob}`, name);
    await on("wait", "--for=condition=complete", `job/${name}`, "--timeout=200s");
  };
  /** Changes what the program is told, and says what came of it. */
  const up = async (knobs: Partial<Knobs>) => {
    for (const [knob, value] of Object.entries(knobs)) await trial.set(`upgrade:knobs.${knob}`, String(value));
    return trial.up();
  };
  const good = async (knobs: Partial<Knobs>): Promise<void> => {
    const { code, output } = await up(knobs);
    equal(code, 0, output);
  };
  const restoring = (server: string) =>
    on("logs", "-l", `app.kubernetes.io/name=${server}-shop-restore`, "--tail=-1").then((log) => log.trim());
  const seenBy = async (server: string, major: number) =>
    Number(await sql(server, `SELECT count(*) FROM seen WHERE major = ${major}`));
  const seenMore = (server: string, major: number, than: number) =>
    eventually(async () => (await seenBy(server, major)) > than || undefined);
  let former: string;

  before("up, and a store", async () => {
    const { cache } = await openClone();
    const debian = await debianParts({ say: () => {}, progress: () => {} }, cache, backup.packages);
    const env = { ...process.env, ...debianEnvironment(debian) };
    const { stdout: key } = await promisify(execFile)("age-keygen", [], { env });
    const knobs: Knobs = { recipient: /age1\w+/.exec(key)![0], next: false, moved: false };
    const image = await made(machine, backup);
    const images = { postgres: machine.images.postgres, backup: image, postgres17: await made(machine, postgres17) };
    const config = { "upgrade:knobs": knobs, "avnir:images": images };
    await trial.init("dev", { main: join(import.meta.dirname, "upgrade/system.ts"), config });
    await good({});
    const values = Object.entries({ ...keys, identity: /AGE-SECRET-KEY-\w+/.exec(key)![0] });
    const literals = values.map(([name, value]) => `--from-literal=${name}=${value}`);
    await on("create", "secret", "generic", "store", ...literals);
    await startStore(machine, image, trial.namespace);
    await sql("db", filled);
    await seenMore("db", 15, 0);
  });
  after(() => trial.drop());

  it("the newer begins with a backup of the older, and has every row; then the links lead to it", async () => {
    const since = performance.now();
    await on("scale", "deployment/writer", "--replicas=0");
    await on(
      "wait",
      "--for=delete",
      "pod",
      "-l",
      "app.kubernetes.io/name=writer,app.kubernetes.io/component=worker",
      "--timeout=90s",
    );
    await backUp("db-backup");
    const saved = performance.now();
    await good({ next: true });
    const restored = performance.now();
    const said = /restored \S+ of \S+ in \d+ s/.exec(await restoring("db17"));
    ok(said);
    former = await sql("db", content);
    equal(await sql("db17", content), former);
    equal(await seenBy("db17", 15), await seenBy("db", 15));
    match(await sql("db17", "SHOW server_version"), /^17\./);
    await good({ moved: true });
    await on("scale", "deployment/writer", "--replicas=1");
    await seenMore("db17", 17, 0);
    const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
    record("From Postgres 15 to 17", {
      rows: String(rows),
      "saved s": seconds(since, saved),
      "server and restore s": seconds(saved, restored),
      "links moved s": seconds(restored, performance.now()),
      says: said![0],
    });
  });

  it("back: a backup of the newer is refused by the older, by name, and nothing of it is restored", async () => {
    await backUp("db17-backup");
    notEqual((await up({ back: "db17" })).code, 0);
    match(await restoring("db15"), /was made by Postgres 17, and this server is 15: restore into 17 or later/);
    equal(await sql("db15", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
  });

  it("back: the backup from before, and the older server itself, have every row of then", async () => {
    const since = performance.now();
    await good({ back: "db" });
    equal(await sql("db15", content), former);
    record("And back to 15", {
      rows: String(rows),
      "server and restore s": ((performance.now() - since) / 1000).toFixed(0),
    });
    equal(await sql("db", content), former);
    const written = await seenBy("db", 15);
    await good({ moved: false });
    await seenMore("db", 15, written);
  });
});
