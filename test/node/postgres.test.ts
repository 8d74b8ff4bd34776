import { equal, match, notEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { postgis } from "../../local/images/postgis/recipe.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { made } from "./images/made.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import type { Knobs } from "./postgres/system.ts";

const stops = "CREATE TABLE IF NOT EXISTS stops AS SELECT postgis_version() AS by, 'POINT(0 0)'::geography AS at";
const lines = "CREATE TABLE IF NOT EXISTS lines AS SELECT 7 AS number";

describeOnNode("a database with PostGIS, and who may do what in it", function (machine) {
  this.timeout("9m");
  const trial = new AvnirTrial(machine, "pr-44");

  before("up", async () => {
    const knobs: Knobs = { migration: stops, extensions: ["postgis"] };
    const config = { "postgres:knobs": knobs, "avnir:images": { postgres: await made(machine, postgis) } };
    await trial.init("dev", { main: join(import.meta.dirname, "postgres/system.ts"), config });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  });
  after(() => trial.drop());

  /** By the address that the app was given, from its own pod: over TLS that is verified. */
  async function asked(app: string, sql: string): Promise<string> {
    const command = ["sh", "-c", 'psql "$DATABASE_URL" -qXAt -v ON_ERROR_STOP=1 -c "$0"', sql];
    return (await kubectl(machine, "-n", trial.namespace, "exec", `deployment/${app}`, "--", ...command)).trim();
  }

  it("the extension was there when the first migration ran [YO-08 YO-38 R-54]", async () => {
    match(await asked("api", "SELECT by FROM stops"), /^3\./);
    equal(
      await asked("api", "INSERT INTO stops VALUES ('', 'POINT(-17 14)') RETURNING ST_AsText(at)"),
      "POINT(-17 14)",
    );
  });

  it("each connection is encrypted, and its role is its own [MP-135 MP-136 P-22]", async () => {
    for (const [app, end] of Object.entries({ api: "", report: ".reader", exporter: ".monitor" })) {
      const sql = "SELECT current_user, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      match(await asked(app, sql), new RegExp(`^${app}\\.shop\\.database_url${end}\\|TLSv1\\.[23]$`));
    }
  });

  it("who reads sees tables that a later migration makes, and writes nothing [MP-136 P-22]", async () => {
    equal(await asked("report", "SELECT count(*) FROM stops"), "2");
    await trial.set("postgres:knobs.migration", lines);
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    equal(await asked("report", "SELECT number FROM lines"), "7");
    for (const sql of ["DELETE FROM stops", "UPDATE lines SET number = 8", "CREATE TABLE own ()"]) {
      await rejects(asked("report", sql), /permission denied/);
    }
  });

  it("who watches sees the server's statistics, and no row [MP-136 P-22]", async () => {
    notEqual(await asked("exporter", "SELECT count(*) FROM pg_stat_activity WHERE query <> ''"), "0");
    match(await asked("exporter", "SHOW data_directory"), /pgdata$/);
    await rejects(asked("exporter", "SELECT * FROM public.stops"), /permission denied/);
  });

  it("an extension that the server lacks ends the update, and what serves is as it was", async () => {
    await trial.set("postgres:knobs.extensions[1]", "timescaledb");
    const { code } = await trial.up();
    notEqual(code, 0);
    const jobs = ["logs", "-n", trial.namespace, "-l", "app.kubernetes.io/component=access", "--tail=-1"];
    match(await kubectl(machine, ...jobs), /extension timescaledb of database shop: this server has none of that name/);
    match(await asked("api", "SELECT postgis_version()"), /^3\./);
  });
});
