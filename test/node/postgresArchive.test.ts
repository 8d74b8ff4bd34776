import { equal, match, notEqual } from "node:assert/strict";
import { join } from "node:path";
import { isWhole, record } from "../proof.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { keys, startStore } from "./backup/store.ts";
import { eventually } from "./eventually.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import { type Knobs, last } from "./postgres/knobs.ts";
import { manifests, operand } from "./postgres/operator.ts";
import { pluginImage, pluginManifests } from "./postgres/plugin.ts";

const rows = 100_000;
const content = "SELECT count(*) || ' ' || md5(string_agg(rows::text, '' ORDER BY id)) FROM rows";
const insert = (from: number, count: number) =>
  `INSERT INTO rows SELECT n, md5(n::text) FROM generate_series(${from + 1}, ${from + count}) n`;

describeOnNode("a Postgres that CloudNativePG archives, by its plugin Barman Cloud", function (machine) {
  this.timeout("20m");
  this.bail(true);
  if (!isWhole("cluster")) {
    it(
      "skipped: the operator and its plugin take minutes to build; npm run proof -- cluster builds them and runs this",
    );
    return;
  }
  const trial = new AvnirTrial(machine, "pr-48");
  const on = (...args: string[]) => kubectl(machine, "-n", trial.namespace, ...args);
  const knobs: Knobs = { archived: false, restored: {} };
  const files: string[] = [];
  const seen = { moment: "", earlier: "", last: "" };

  before("the operator, its plugin, and a store", async () => {
    const image = await operand(machine);
    const config = { "archive:operand": image, "archive:knobs": knobs };
    await trial.init("dev", { main: join(import.meta.dirname, "postgres/archive.ts"), config });
    await bring("operator.yaml", manifests(image), "cnpg-controller-manager");
    await bring("plugin.yaml", await pluginManifests(await pluginImage(machine)), "barman-cloud");
    await up();
    const values = Object.entries({ ...keys, identity: "none" }).map(
      ([name, value]) => `--from-literal=${name}=${value}`,
    );
    await on("create", "secret", "generic", "store", ...values);
    await startStore(machine, machine.images.postgres, trial.namespace);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    for (const pod of (await on("get", "pods", "-l", "cnpg.io/cluster", "-o", "name")).trim().split("\n")) {
      console.log(pod, await on("logs", pod, "--all-containers", "--tail=8").catch(String));
    }
  });
  after(async () => {
    await on("delete", "cluster", "--all", "--ignore-not-found");
    for (const file of files.reverse()) await kubectl(machine, "delete", "-f", file, "--ignore-not-found");
    await trial.drop();
  });

  async function bring(name: string, text: string, deployment: string): Promise<void> {
    trial.project.write(name, text);
    files.push(join(trial.project.folder, name));
    await kubectl(machine, "apply", "--server-side", "-f", files.at(-1)!);
    await kubectl(machine, "-n", "cnpg-system", "rollout", "status", `deployment/${deployment}`, "--timeout=120s");
  }
  async function up(changed: Partial<Knobs> = {}): Promise<void> {
    Object.assign(knobs, changed);
    for (const [path, value] of Object.entries({ archived: knobs.archived, ...flat(knobs.restored) }))
      await trial.set(`archive:knobs.${path}`, String(value));
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  }
  const flat = (restored: Knobs["restored"]) =>
    Object.fromEntries(Object.entries(restored).map(([server, moment]) => [`restored.${server}`, moment]));
  const sql = async (server: string, text: string, database = "shop"): Promise<string> => {
    const psql = ["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text];
    return (await on("exec", `${server}-1`, "-c", "postgres", "--", ...psql)).trim();
  };
  /** Has the server begin another segment of its log, and waits until the one before is in the archive. */
  async function archived(): Promise<void> {
    const segment = await sql("db", "SELECT pg_walfile_name(pg_switch_wal())");
    await eventually(async () => {
      const last = await sql("db", "SELECT last_archived_wal FROM pg_stat_archiver");
      return last >= segment ? last : undefined;
    });
  }
  async function timed(work: () => Promise<unknown>): Promise<number> {
    const since = performance.now();
    await work();
    return (performance.now() - since) / 1000;
  }

  it("is copied whole as soon as it is there, and every segment of its log goes to the store", async () => {
    await up({ archived: true });
    await sql("db", "CREATE DATABASE shop", "postgres");
    await sql("db", `CREATE TABLE rows (id bigint PRIMARY KEY, word text); ${insert(0, rows)}`);
    const phases = ["get", "backups.postgresql.cnpg.io", "-o", "jsonpath={.items[*].status.phase}"];
    equal(
      await eventually(async () => {
        await sql("db", "CHECKPOINT"); // a copy begins with one, over which Postgres takes its time
        const phase = await on(...phases);
        return /completed|failed/.test(phase) ? phase : undefined;
      }),
      "completed",
    );
    await archived();
    const kept = await on("exec", "store", "--", "sh", "-c", "cd /data/buckets/backups && find . -type f");
    match(kept, /avnir\/pr-48\/db\/base\/\w+\/data\.tar\.gz/);
    match(kept, /avnir\/pr-48\/db\/wals\/\w+\/\w{24}\.gz/);
  });

  it("comes back as it was at a moment, and as it was last, on servers of their own", async () => {
    seen.earlier = await sql("db", content);
    seen.moment = await sql(
      "db",
      `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    );
    await sql("db", `SELECT pg_sleep(1.5); DELETE FROM rows WHERE id % 3 = 0; ${insert(rows, 500)}`);
    await archived();
    seen.last = await sql("db", content);
    notEqual(seen.last, seen.earlier);
    const seconds = await timed(() => up({ restored: { earlier: seen.moment, last } }));
    equal(await sql("earlier", content), seen.earlier);
    equal(await sql("last", content), seen.last);
    equal(await sql("db", content), seen.last);
    record("An archive, and what came back of it", {
      ...{
        what: `${rows.toLocaleString("en")} rows at a moment, and those of the last`,
        rows: "all",
        "s of the up": seconds.toFixed(1),
      },
    });
  });

  it("comes back after the server and its volume are gone, by the archive alone", async () => {
    await on("delete", "cluster", "db");
    await eventually(async () =>
      (await on("get", "pvc", "-l", "cnpg.io/cluster=db", "-o", "name")) === "" ? true : undefined,
    );
    const seconds = await timed(() => up({ restored: { ...knobs.restored, again: last } }));
    equal(await sql("again", content), seen.last);
    record("An archive, and what came back of it", {
      ...{ what: "the last, the server and its volume gone", rows: "all", "s of the up": seconds.toFixed(1) },
    });
  });
});
