import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { askSql } from "../../../../components/postgres/pooler/askSql.ts";
import { Image } from "../../backup/image.ts";
import { Server } from "../../backup/server.ts";
import { Bouncer, certify } from "./bouncer.ts";

const app = ["api.shop", "zQ7-of-the-app"] as const;

describe("PgBouncer itself before a real Postgres, with the settings that a pooler has", function bouncer() {
  this.timeout("5m");
  const pooler = new Bouncer();
  let tools: Image;
  let server: Server;

  /** Lets the pooler ask, as the Job does that is declared. */
  const letAsk = () => {
    const told = { POOLER: pooler.asks, POOLER_PASSWORD: pooler.password, SQL: askSql(["shop", "other"]) };
    const command = ["sh", "-c", 'printf %s "$SQL" | psql --no-psqlrc --quiet --output /dev/null'];
    return tools.run(command, { ...server.variables("postgres"), ...told });
  };
  const ask = (text: string, [user, password]: readonly [string, string] = app, mode?: string) =>
    pooler.ask(tools, user, password, text, mode);
  const refused = async (asked: ReturnType<typeof ask>, says: RegExp): Promise<void> => {
    const { code, problem } = await asked;
    notEqual(code, 0);
    match(problem, says);
  };

  before(async () => {
    tools = await Image.make();
    const folder = join(tools.folder, tools.room("/tmp/certificate"));
    certify(folder);
    const files = ["-c", "ssl_cert_file=/tmp/certificate/tls.crt", "-c", "ssl_key_file=/tmp/certificate/tls.key"];
    const settings = ["-c", "ssl=on", ...files];
    server = await new Server(tools, "/tmp/pooled", { password: "superuser", settings }).start();
    for (let times = 0; times < 2; times++) {
      const { code, problem } = await letAsk();
      equal(code, 0, problem);
    }
    const role = `CREATE ROLE "${app[0]}" LOGIN PASSWORD '${app[1]}'`;
    await server.sql("shop", `${role}; CREATE TABLE kept (id int); GRANT ALL ON kept TO "${app[0]}"`);
    await pooler.start(server, folder, { default_pool_size: "3", max_db_connections: "3" });
    for (let tries = 0; tries < 50 && (await ask("SELECT 1")).code !== 0; tries++) await sleep(100);
  });
  after(() => Promise.all([pooler.stop(), server?.stop()]));

  it("leads an app to the server by its own role and password, encrypted on both ways [MP-135]", async () => {
    const { out, problem } = await ask("SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    equal(out.trim(), `${app[0]}|t`, problem);
    equal((await ask("INSERT INTO kept VALUES (7) RETURNING id")).out.trim(), "7");
  });

  it("opens no more of the server's connections than it may, for three times as many at once [MP-90 MP-91]", async () => {
    const busy =
      "SELECT count(*), pg_sleep(0.2) FROM pg_stat_activity WHERE datname = 'shop' AND backend_type = 'client backend'";
    const many = Array.from({ length: 9 }, () => ask(busy));
    const ended = await Promise.all(many);
    deepEqual(
      ended.map(({ code }) => code),
      Array(9).fill(0),
    );
    const seen = ended.map(({ out }) => Number(out.split("|")[0]));
    ok(Math.max(...seen) <= 3, `${seen}`);
  });

  it("lets nobody in in clear, by another password, or as the superuser", async () => {
    await refused(ask("SELECT 1", app, "disable"), /SSL required/);
    await refused(ask("SELECT 1", [app[0], "another"]), /authentication failed/);
    await refused(ask("SELECT 1", ["postgres", "superuser"]), /no such user/);
    await refused(ask("SELECT 1", ["nobody", "a"]), /no such user/);
  });

  it("may ask for secrets of apps alone, and lets no app ask", async () => {
    const own = [pooler.asks, pooler.password] as const;
    equal((await ask("SELECT count(*) FROM palier_pooler.secret_of('postgres')", own)).out.trim(), "0");
    await refused(ask("SELECT rolpassword FROM pg_authid", own), /permission denied/);
    await refused(ask("SELECT palier_pooler.secret_of('api.shop')"), /permission denied for schema palier_pooler/);
  });

  it("knows a new login at once, and no longer one that is gone: a rotation needs nothing of it [MP-129]", async () => {
    await server.sql("shop", `CREATE ROLE second LOGIN PASSWORD 'second' IN ROLE "${app[0]}"`);
    equal((await ask("SELECT current_user", ["second", "second"])).out.trim(), "second");
    await server.sql("shop", `ALTER ROLE "${app[0]}" NOLOGIN`);
    await refused(ask("SELECT 1"), /no such user/);
    await server.sql("shop", `ALTER ROLE "${app[0]}" LOGIN PASSWORD 'third'`);
    equal((await ask("SELECT 1", [app[0], "third"])).out.trim(), "1");
  });

  it("lets a transaction that runs come to its end before it goes", async () => {
    const login = [app[0], "third"] as const;
    const running = ask("BEGIN; INSERT INTO kept VALUES (8); SELECT pg_sleep(1.5); COMMIT; SELECT 'done'", login);
    await sleep(700);
    const since = performance.now();
    await pooler.stop("SIGINT");
    ok(performance.now() - since > 300, "it has waited");
    const { out, problem } = await running;
    match(out, /done/, problem);
    equal(await server.sql("shop", "SELECT count(*) FROM kept WHERE id = 8"), "1");
  });
});
