import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { pgbouncer } from "../../local/images/pgbouncer/recipe.ts";
import { record } from "../proof.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { eventually } from "./eventually.ts";
import { made } from "./images/made.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import type { Knobs } from "./pooler/system.ts";

describeOnNode("PgBouncer before a Postgres on a node", function (machine) {
  this.timeout("12m");
  const trial = new AvnirTrial(machine, "pr-38");
  const on = (...args: string[]) => kubectl(machine, "-n", trial.namespace, ...args).then((text) => text.trim());

  const sql = (text: string): Promise<string> => {
    const command = `PGPASSWORD="$(cat /etc/palier/admin/password)" psql -U postgres -At -d shop -c "$0"`;
    return on("exec", "db-0", "--", "sh", "-c", command, text);
  };
  /** By what the worker was given, with a part of it changed. */
  const asClient = (text: string, change = "") =>
    on(
      "exec",
      "deployment/client",
      "--",
      "sh",
      "-c",
      `psql -qXAt "$(echo "$DATABASE_URL" | sed '${change}')" -c "$0"`,
      text,
    );
  const poolers = () =>
    on(
      "get",
      "pods",
      "-l",
      "app.kubernetes.io/name=db-pooler,app.kubernetes.io/component!=access",
      "-o",
      "jsonpath={.items[*].status.podIP}",
    );
  const requests = async () => Number(await sql("SELECT count(*) FROM asked"));
  const failures = () => sql("SELECT DISTINCT failed || ' ' || said FROM asked WHERE failed > 0");
  const more = async (than: number) => eventually(async () => (await requests()) > than + 20 || undefined);
  const up = async (knobs: Partial<Knobs>) => {
    for (const [knob, value] of Object.entries(knobs)) await trial.set(`pooler:knobs.${knob}`, String(value));
    const { code, output } = await trial.up();
    equal(code, 0, output);
  };

  before("up", async () => {
    const knobs: Knobs = { rotate: "first", waits: 120 };
    const images = { postgres: machine.images.postgres, pgbouncer: await made(machine, pgbouncer) };
    const config = { "pooler:knobs": knobs, "avnir:images": images };
    await trial.init("dev", { main: join(import.meta.dirname, "pooler/system.ts"), config });
    await up({});
    await more(0);
  });
  after(() => trial.drop());

  it("what the app asks comes from a pooler, encrypted, by a role of its own; the migration went to the server [MQ-70 MP-135]", async () => {
    const own = (await poolers()).split(" ");
    equal(own.length, 2);
    const by = (await sql("SELECT DISTINCT host(by) FROM asked")).split("\n");
    ok(
      by.every((address) => own.includes(address)),
      `${by} are not of ${own}`,
    );
    const asked = "SELECT current_user, ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    match(await asClient(asked), /^client\.shop\.database_url\|t\|TLSv1\.[23]$/);
    const owner = "SELECT tableowner FROM pg_tables WHERE tablename = 'asked'";
    equal(await sql(owner), "shop_owner");
  });

  it("lets nobody in in clear, with another password, as the superuser or as who asks for secrets' sake", async () => {
    await rejects(asClient("SELECT 1", "s/sslmode=[-a-z]*/sslmode=disable/"), /SSL required/);
    await rejects(asClient("SELECT 1", "s#:[^:@/]*@#:another@#"), /(authentication failed|SASL)/);
    await rejects(asClient("SELECT 1", "s#//[^@]*@#//postgres:a@#"), /(authentication failed|SASL|no such user)/);
    await rejects(sql('SET ROLE "db-pooler"; SELECT rolpassword FROM pg_authid'), /permission denied/);
    equal(await sql("SELECT count(*) FROM palier_pooler.secret_of('postgres')"), "0");
  });

  it("no request fails while the role is rotated, nor while the poolers are rolled [MP-129]", async () => {
    const before = await requests();
    await up({ rotate: "second" });
    match(await asClient("SELECT current_user"), /^client\.shop\.database_url/);
    equal(await sql("SELECT count(*) FROM pg_roles WHERE rolname = 'client.shop.database_url' AND rolcanlogin"), "0");
    await more(await requests());
    const rotated = await requests();
    deepEqual(await failures(), "");
    const old = await poolers();
    await up({ waits: 60 });
    await eventually(
      async () => !(await poolers()).split(" ").some((one) => old.split(" ").includes(one)) || undefined,
    );
    await more(await requests());
    deepEqual(await failures(), "");
    record("PgBouncer on a node, connections made anew", {
      what: "a role rotated, and then the poolers rolled",
      "requests meanwhile": `${rotated - before} and ${(await requests()) - rotated}`,
      failed: "0",
    });
  });
});
