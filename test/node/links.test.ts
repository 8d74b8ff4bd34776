import assert from "node:assert/strict";
import { join } from "node:path";
import { AvnirTrial } from "./avnir-trial.ts";
import { servingPods } from "./faults/servingPods.ts";
import { kubectl } from "./kubectl.ts";
import type { Knobs } from "./links/system.ts";
import { describeOnNode } from "./machine.ts";

/** Tries one connection for three seconds. */
const connect = `const [host, port] = process.argv.slice(1);
const socket = require("net").connect({ host, port });
const say = (what) => { console.log(what); process.exit(0); };
socket.on("connect", () => say("reached")).on("error", () => say("refused"));
setTimeout(() => say("refused"), 3000);`;

/** What a migration may leave in its database, in wait for a superuser that names a function without its schema. */
const trap = `CREATE FUNCTION public.pg_advisory_lock(integer) RETURNS void LANGUAGE sql
  AS 'ALTER ROLE "web.shop.shop_url" SUPERUSER'`;

const variables = ["SHOP_URL", "STOCK_URL", "CACHE_URL", "API_URL", "OUTSIDE_URL"];

describeOnNode("links of every kind", function (machine) {
  this.timeout("10m");
  const trial = new AvnirTrial(machine, "pr-21");
  const { namespace } = trial;
  const stranger = `${namespace}-stranger`;
  const targets: Record<string, [host: string, port: number]> = {};

  before("up", async () => {
    // The API server listens on the node's own address: no pod, as what is outside is none.
    const [outside, port] = await endpoint();
    targets["outside"] = [outside, port];
    const knobs: Knobs = { outside, port, linked: true, stock: true };
    await trial.init("dev", { main: join(import.meta.dirname, "links/system.ts"), config: { "links:knobs": knobs } });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    for (const [service, port] of Object.entries({ db: 5432, cache: 6379, api: 3000, web: 3000 })) {
      targets[service] = [await get("service", service, "{.spec.clusterIP}"), port];
    }
    await sqlBy(await migrator(), trap);
    await kubectl(machine, "create", "namespace", stranger);
    const sleep = ["--restart=Never", "--image", machine.images.nodeBase, "--command", "--", "sleep", "900"];
    await kubectl(machine, "run", "stranger", "-n", stranger, ...sleep);
    await kubectl(machine, "wait", "pod", "stranger", "-n", stranger, "--for=condition=Ready", "--timeout=60s");
  });

  after(async () => {
    await kubectl(machine, "delete", "namespace", stranger, "--wait=false", "--ignore-not-found");
    await trial.drop();
  });

  async function endpoint(): Promise<[string, number]> {
    const path = "{.subsets[0].addresses[0].ip} {.subsets[0].ports[0].port}";
    const text = await kubectl(machine, "get", "endpoints", "kubernetes", "-n", "default", "-o", `jsonpath=${path}`);
    const [host, port] = text.trim().split(" ");
    return [host!, Number(port)];
  }

  async function get(kind: string, name: string, path: string): Promise<string> {
    return (await kubectl(machine, "get", kind, name, "-n", namespace, "-o", `jsonpath=${path}`)).trim();
  }

  /** Runs it in the app's pod. */
  async function inApp(app: string, ...command: string[]): Promise<string> {
    const labels = `app.kubernetes.io/name=${app},app.kubernetes.io/component=app`;
    const [pod] = await servingPods(machine, namespace, labels);
    return kubectl(machine, "exec", "-n", namespace, pod!.name, "--", ...command);
  }

  async function asked(from: string, to: string, port = targets[to]![1]): Promise<string> {
    const command = ["node", "-e", connect, targets[to]![0], String(port)];
    const said =
      from === "stranger"
        ? await kubectl(machine, "exec", "-n", stranger, "stranger", "--", ...command)
        : await inApp(from, ...command);
    return said.trim();
  }

  for (const to of ["db", "cache", "api", "outside"]) {
    it(`${to} is reached by the app that links to it, and by no other [DP-27 P-20 DP-90]`, async () => {
      assert.equal(await asked("web", to), "reached");
      const unlinked = to === "api" ? "public" : "api";
      assert.equal(await asked(unlinked, to), "refused");
      if (to !== "outside") assert.equal(await asked("stranger", to), "refused");
    });
  }

  it("open one way: what is linked to does not reach back", async () => {
    assert.equal(await asked("api", "web"), "refused");
  });

  it("open one port: another of the same host is refused", async () => {
    const kubelet = 10250;
    assert.equal(await asked("stranger", "outside", kubelet), "reached");
    assert.equal(await asked("web", "outside", kubelet), "refused");
  });

  it("to a name outside open public addresses alone", async () => {
    assert.equal(await asked("public", "outside"), "refused");
  });

  const address = async (variable: string) => (await inApp("web", "node", "-p", `process.env.${variable}`)).trim();

  async function migrator(): Promise<string> {
    const path = '{range .items[*]}{.metadata.name} {.data.migrator-url}{"\\n"}{end}';
    const secrets = await kubectl(machine, "get", "secrets", "-n", namespace, "-o", `jsonpath=${path}`);
    const [, address] = /^web-shop-url-secret-\S+ (\S+)$/m.exec(secrets)!;
    return Buffer.from(address!, "base64").toString();
  }

  /** Runs SQL in the database's pod with the address that a link gives. */
  async function sql(variable: string, statement: string, database?: string): Promise<string> {
    return sqlBy(await address(variable), statement, database);
  }

  async function sqlBy(address: string, statement: string, database?: string): Promise<string> {
    const url = new URL(address);
    url.search = "?sslmode=require";
    if (database) url.pathname = database;
    const psql = ["psql", url.href, "-Atc", statement];
    return (await kubectl(machine, "exec", "-n", namespace, "db-0", "-c", "postgres", "--", ...psql)).trim();
  }

  it("to two databases of one server hold at the same time, each in its own alone [MP-32 MP-136 P-22]", async () => {
    assert.equal(await sql("SHOP_URL", "SELECT current_user, current_database()"), "web.shop.shop_url|shop");
    assert.equal(await sql("STOCK_URL", "SELECT current_user, current_database()"), "web.stock.stock_url|stock");
    await assert.rejects(sql("SHOP_URL", "SELECT 1", "stock"), /permission denied for database "stock"/);
    await assert.rejects(sql("SHOP_URL", "SELECT 1", "postgres"), /permission denied for database "postgres"/);
  });

  it("end the login of the rotation before, and take the roles of a link that goes [MP-129]", async () => {
    const [shop, stock] = [await address("SHOP_URL"), await address("STOCK_URL")];
    await trial.set("links:knobs.rotate", "second");
    await trial.set("links:knobs.stock", "false");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    const users = await sql("SHOP_URL", "SELECT session_user, current_user");
    assert.match(users, /^web\.shop\.shop_url\.[0-9a-f]{8}\|web\.shop\.shop_url$/);
    for (const old of [shop, stock]) await assert.rejects(sqlBy(old, "SELECT 1"), /password authentication failed/);
    const left = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'web.%' ORDER BY rolname";
    const own = ["web.shop.shop_url", users.split("|")[0], "web.shop.shop_url.migrator"];
    assert.deepEqual((await sql("SHOP_URL", left)).split("\n"), own);
  });

  it("let no migration act as the server's superuser: what it names like a function of Postgres is not run [MP-136 P-22]", async () => {
    assert.equal(await sql("SHOP_URL", "SELECT rolname FROM pg_roles WHERE rolsuper"), "postgres");
  });

  it("take everything away again when they go", async () => {
    const own = async () => {
      const all = await kubectl(machine, "get", "secrets,jobs,networkpolicies", "-n", namespace, "-o", "name");
      return all.split("\n").filter((name) => /\/web-.*-url-/.test(name));
    };
    assert.equal((await own()).length, 2 + 4 + 3);
    await trial.set("links:knobs.linked", "false");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    assert.deepEqual(await own(), []);
    const told = (await inApp("web", "env")).split("\n").map((line) => line.split("=")[0]!);
    assert.deepEqual(
      variables.filter((variable) => told.includes(variable)),
      [],
    );
    for (const to of ["db", "cache", "api", "outside"]) assert.equal(await asked("web", to), "refused", to);
  });
});
