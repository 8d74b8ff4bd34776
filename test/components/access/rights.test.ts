import { deepEqual, equal, match, rejects } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { postgis } from "../../../local/images/postgis/recipe.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { Image } from "../backup/image.ts";
import { Server } from "../backup/server.ts";
import { runJob } from "./container.ts";

const image = `registry.example/postgres@sha256:${"a".repeat(64)}`;
const people = "CREATE TABLE people (id serial PRIMARY KEY, name text); INSERT INTO people (name) VALUES ('Awa')";

/** An app that writes, one that reads, an exporter, and a later rotation of the reader's. */
const shop = (extensions: string[] = [], rotate?: string) =>
  declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    const { links } = new palier.Postgres("db", { environment, image, databases: { shop: { extensions } } });
    const app = (name: string, role?: string, more: object = {}) =>
      new palier.App(name, { environment, image, links: { DATABASE_URL: { ...links["shop"]!, role, ...more } } });
    app("api");
    app("report", "readOnly", { rotate });
    app("exporter", "monitor");
  });

describe("the roles of links, on a real Postgres with PostGIS", function roles() {
  this.timeout("5m");
  let tools: Image;
  let server: Server;
  let resources: Declared[];
  const job = (name: string) =>
    runJob(tools, server, resources, `${name}-database-url-job`, { PGPASSWORD: "admin-password" });

  const as = (app: string, key: "app-url" | "migrator-url", text: string): Promise<string> => {
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", `${app}-database-url-secret`).inputs;
    return server.sqlAs(new URL(stringData[key]), text);
  };

  before(async () => {
    tools = await Image.make(postgis);
    server = await new Server(tools, "/tmp/server", { password: "admin-password" }).start();
    resources = await shop(["postgis"]);
    for (const app of ["api", "report", "exporter"]) {
      const { code, problem } = await job(app);
      equal(code, 0, problem);
    }
    await as("api", "migrator-url", people);
  });
  after(() => server?.stop());

  it("read alone: rows of tables that a later migration makes too, and nothing is written [MP-136 P-22]", async () => {
    equal(await as("report", "app-url", "SELECT name FROM people"), "Awa");
    for (const text of [
      "INSERT INTO people (name) VALUES ('b')",
      "UPDATE people SET name = ''",
      "DELETE FROM people",
      "TRUNCATE people",
    ]) {
      await rejects(as("report", "app-url", text), /permission denied for table people/);
    }
    await rejects(as("report", "app-url", "SELECT nextval('people_id_seq')"), /permission denied for sequence/);
    await rejects(as("report", "app-url", "CREATE TABLE own ()"), /permission denied for schema public/);
    await as("api", "migrator-url", "CREATE TABLE orders AS SELECT 7 AS id");
    equal(await as("report", "app-url", "SELECT id FROM orders"), "7");
    equal(await as("api", "app-url", "UPDATE orders SET id = 8 RETURNING id"), "8");
  });

  it("of a reader and an exporter are no migrator's, and no password is made for one [MP-136 P-22]", () => {
    for (const app of ["report", "exporter"]) {
      const { stringData } = find(resources, "kubernetes:core/v1:Secret", `${app}-database-url-secret`).inputs;
      deepEqual(Object.keys(stringData).sort(), ["app-password", "app-url"]);
    }
  });

  it("watch: statistics and settings of the server, and no row [MP-136 P-22]", async () => {
    equal(await as("exporter", "app-url", "SELECT count(*) > 0 FROM pg_stat_activity WHERE query <> ''"), "t");
    match(await as("exporter", "app-url", "SHOW data_directory"), /^\//);
    equal(
      await as("exporter", "app-url", "SELECT relname FROM pg_stat_user_tables WHERE relname = 'people'"),
      "people",
    );
    await rejects(
      as("exporter", "app-url", "SELECT * FROM public.people"),
      /permission denied for (schema public|table people)/,
    );
    await rejects(
      as("report", "app-url", "SHOW data_directory"),
      /must be superuser or have privileges of pg_read_all_settings|must be superuser or a member of pg_read_all_settings/,
    );
  });

  it("may be made again at any time, and keep what they had [MP-129]", async () => {
    resources = await shop(["postgis"], "2026-11-01");
    for (const app of ["api", "report", "exporter"]) equal((await job(app)).code, 0);
    match(
      await as("report", "app-url", "SELECT session_user || ' ' || current_user"),
      /^report\.shop\.database_url\.reader\.[0-9a-f]{8} report\.shop\.database_url\.reader$/,
    );
    equal(await as("report", "app-url", "SELECT count(*) FROM people"), "1");
    await rejects(as("report", "app-url", "DELETE FROM people"), /permission denied/);
  });

  it("find PostGIS there before a migration runs, and write none of its own tables [YO-08 YO-38 R-54]", async () => {
    match(await as("api", "migrator-url", "SELECT postgis_version()"), /^3\./);
    await as(
      "api",
      "migrator-url",
      "CREATE TABLE stops (at geography(Point, 4326)); INSERT INTO stops VALUES ('POINT(-17.44 14.69)')",
    );
    const metres = await as("api", "app-url", "SELECT round(ST_Distance(at, 'POINT(-16.93 14.79)') / 1000) FROM stops");
    equal(metres, "56");
    const there = "SELECT round(ST_X(ST_Transform(at::geometry, 32628))) FROM stops";
    match(await as("api", "app-url", there), /^\d{6}$/);
    await rejects(as("api", "app-url", "DELETE FROM spatial_ref_sys"), /permission denied for table spatial_ref_sys/);
  });

  it("are refused with an extension that the server lacks, by its name, and the database stays as it was", async () => {
    resources = await shop(["postgis", "timescaledb", "citus"]);
    const { code, problem } = await job("api");
    equal(code, 3);
    match(problem, /ERROR: {2}extension timescaledb, citus of database shop: this server has none of that name/);
    equal(await as("api", "app-url", "SELECT name FROM people"), "Awa");
  });
});
