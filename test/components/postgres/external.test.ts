import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as palier from "../../../index.ts";
import { postgres } from "../../../local/images/postgres/recipe.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { temporaryFolder } from "../../temporary.ts";
import { runJob } from "../access/container.ts";
import { Image } from "../backup/image.ts";
import { Server } from "../backup/server.ts";

const image = `registry.example/postgres@sha256:${"a".repeat(64)}`;
const host = "db.managed.example";
const given: palier.PostgresExternalArgs = {
  host,
  port: 6432,
  cidrs: ["198.51.100.0/28"],
  administrator: "cloud_admin",
  password: { name: "cloud", key: "password" },
  authority: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
};

interface More {
  project?: string;
  external?: Partial<palier.PostgresExternalArgs>;
  args?: Partial<palier.PostgresArgs>;
  rotate?: string;
}

const shop = ({ project = "shop", external, args, rotate }: More = {}) =>
  declared({ project, stack: "staging" }, () => {
    const environment = new palier.Environment(project);
    const db = new palier.Postgres("db", {
      environment,
      image,
      databases: { shop: { extensions: ["pg_trgm"] } },
      external: { ...given, ...external },
      ...args,
    });
    const links = { DATABASE_URL: { ...db.links["shop"]!, rotate } };
    new palier.App("api", { environment, image, links, migrate: { command: ["migrate"] } });
    new palier.App("report", { environment, image, links: { SHOP_URL: { ...db.links["shop"]!, role: "readOnly" } } });
  });

describe("a Postgres that somebody else runs", function external() {
  this.timeout("1m");
  it("gives an app its replica to read from, by a role that only reads and is made on the server itself [MQ-85 MP-48]", async () => {
    const resources = await declared({ project: "shop", stack: "production" }, () => {
      const environment = new palier.Environment("shop");
      const replica = "replica.managed.example";
      const db = new palier.Postgres("db", {
        environment,
        image,
        databases: { shop: {} },
        external: { ...given, replica },
      });
      const links = { DATABASE_URL: db.links["shop"]!, DATABASE_REPLICA_URL: db.replicas["shop"]! };
      new palier.App("api", { environment, image, links });
    });
    const secret = (name: string) => find(resources, "kubernetes:core/v1:Secret", `${name}-secret`).inputs.stringData;
    const read = secret("api-database-replica-url");
    deepEqual(new URL(read["app-url"]).host, "replica.managed.example:6432");
    equal(new URL(read["app-url"]).searchParams.get("sslmode"), "verify-full");
    equal(read["migrator-url"], undefined);
    equal(new URL(secret("api-database-url")["app-url"]).host, `${host}:6432`);
    const job = find(resources, "kubernetes:batch/v1:Job", "api-database-replica-url-job").inputs.spec.template.spec;
    const { env } = [...(job.initContainers ?? []), ...job.containers].find(({ env }) =>
      env?.some(({ name }: { name: string }) => name === "PGHOST"),
    );
    equal(env.find(({ name }: { name: string }) => name === "PGHOST").value, host);
  });

  it("has no replica where none is named, nor one in the cluster", async () => {
    await declared({ project: "shop", stack: "staging" }, () => {
      const environment = new palier.Environment("shop");
      const databases = { shop: {} };
      const elsewhere = new palier.Postgres("elsewhere", { environment, image, databases, external: given });
      const inside = new palier.Postgres("inside", { environment, image, databases });
      deepEqual([elsewhere.replicas, inside.replicas], [{}, {}]);
    });
    await rejects(shop({ external: { replica: "db" } }), /external\.replica: "db" is a name of the cluster's own/);
  });

  it("gives the same links, and has nothing in the cluster but what it is trusted by [MP-35 MP-88]", async () => {
    const resources = await shop();
    const own = resources
      .filter(({ name }) => name === "db" || name.startsWith("db-"))
      .map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    deepEqual(own, ["ConfigMap db-settings", "Postgres db"]);
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", "api-database-url-secret").inputs;
    const url = new URL(stringData["app-url"]);
    deepEqual([url.host, url.pathname, url.username], [`${host}:6432`, "/shop", "api.shop.database_url"]);
    equal(url.searchParams.get("sslmode"), "verify-full");
    equal(new URL(stringData["migrator-url"]).username, "api.shop.database_url.migrator");
  });

  it("is reached by its own ranges and port alone, and nothing there reaches in [DP-27 P-20]", async () => {
    const resources = await shop();
    const policies = resources.filter(
      ({ type, name }) => type.endsWith(":NetworkPolicy") && name.startsWith("api-database"),
    );
    deepEqual(
      policies.map(({ name }) => name),
      ["api-database-url-out"],
    );
    deepEqual(policies[0]!.inputs.spec.egress, [
      { to: [{ ipBlock: { cidr: "198.51.100.0/28" } }], ports: [{ protocol: "TCP", port: 6432 }] },
    ]);
  });

  const wrong: Record<string, [More, string]> = {
    "its size": [
      { args: { resources: { memory: "1Gi" } } },
      "Postgres db: resources: can't be given with external: whoever runs that server says it",
    ],
    "its volume": [{ args: { storage: "1Gi" } }, "Postgres db: storage: can't be given with external"],
    "its parameters": [
      { args: { parameters: { jit: "off" } } },
      "Postgres db: parameters: can't be given with external",
    ],
    "a key as its authority": [
      { external: { authority: "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n" } },
      "Postgres db: external.authority:",
    ],
    "a name of the cluster's": [
      { external: { host: "db.shop.svc" } },
      "is a name of the cluster's own; link to the component instead",
    ],
  };
  for (const [what, [more, says]] of Object.entries(wrong)) {
    it(`is refused with its path: with ${what}`, () =>
      rejects(shop(more), (error: Error) => {
        ok(error.message.includes(says), error.message);
        ok(!error.message.includes("MIIB"), error.message);
        return true;
      }));
  }
});

describe("a Postgres that somebody else runs, for real, over TLS", function managed() {
  this.timeout("5m");
  const password = "cloud-password";
  let tools: Image;
  let server: Server;
  let resources: Declared[];

  /** An authority, and a certificate of its own for the server, with the key that only Postgres may read. */
  const certify = (folder: string, name: string) => {
    const at = (file: string) => join(folder, file);
    const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
    const fresh = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    openssl(...fresh, "-x509", "-days", "2", "-subj", "/CN=authority", "-keyout", at("ca.key"), "-out", at("ca.crt"));
    openssl(...fresh, "-subj", `/CN=${name}`, "-keyout", at("tls.key"), "-out", at("tls.csr"));
    writeFileSync(at("names"), `subjectAltName=DNS:${name}\n`);
    const signed = [
      "x509",
      "-req",
      "-in",
      at("tls.csr"),
      "-CA",
      at("ca.crt"),
      "-CAkey",
      at("ca.key"),
      "-CAcreateserial",
    ];
    openssl(...signed, "-days", "2", "-extfile", at("names"), "-out", at("tls.crt"));
    return readFileSync(at("ca.crt"), "utf8");
  };

  const run = (name: string, secret = password, more: Record<string, string> = {}) =>
    runJob(tools, server, resources, name, { PGPASSWORD: secret }, { PGHOST: host, PGHOSTADDR: "127.0.0.1", ...more });
  const url = (app: string, key: string) =>
    new URL(find(resources, "kubernetes:core/v1:Secret", `${app}-secret`).inputs.stringData[key]);

  before(async () => {
    tools = await Image.make(postgres);
    const authorities = join(tools.folder, "etc/palier/authority");
    mkdirSync(authorities, { recursive: true });
    const folder = join(tools.folder, tools.room("/tmp/certificates"));
    writeFileSync(join(authorities, "ca.crt"), certify(folder, host));
    writeFileSync(join(authorities, "other.crt"), certify(temporaryFolder("other-authority"), "other.example"));
    chownSync(join(folder, "tls.key"), 999, 999);
    const files = ["cert", "key"].flatMap((kind) => [
      "-c",
      `ssl_${kind}_file=/tmp/certificates/tls.${kind === "key" ? "key" : "crt"}`,
    ]);
    server = await new Server(tools, "/tmp/managed", {
      password: "superuser",
      settings: ["-c", "ssl=on", ...files],
    }).start();
    await server.sql("postgres", `CREATE ROLE cloud_admin LOGIN CREATEDB CREATEROLE PASSWORD '${password}'`);
    resources = await shop();
  });
  after(() => server?.stop());

  it("gets roles, grants, database and extension by an administrator who is no superuser [MP-35 MP-88 MP-136]", async () => {
    for (const job of ["api-database-url-job", "report-shop-url-job", "api-database-url-job"]) {
      const { code, problem } = await run(job);
      equal(code, 0, problem);
    }
    await server.sqlAs(
      url("api-database-url", "migrator-url"),
      "CREATE TABLE orders AS SELECT 7 AS id, similarity('a', 'a')",
    );
    equal(await server.sqlAs(url("api-database-url", "app-url"), "UPDATE orders SET id = 8 RETURNING id"), "8");
    equal(await server.sqlAs(url("report-shop-url", "app-url"), "SELECT id FROM orders"), "8");
    await rejects(
      server.sqlAs(url("report-shop-url", "app-url"), "DELETE FROM orders"),
      /permission denied for table orders/,
    );
    await rejects(
      server.sqlAs(url("api-database-url", "app-url"), "CREATE TABLE mine ()"),
      /permission denied for schema public/,
    );
    // What others have there stays as it was.
    equal(await server.sql("postgres", "SELECT has_database_privilege('public', 'postgres', 'CONNECT')"), "t");
    equal(await server.sql("postgres", "SELECT has_database_privilege('public', 'shop', 'CONNECT')"), "f");
  });

  it("is spoken to only where its certificate is the given authority's, and its host's [MP-135]", async () => {
    const [stranger, another] = await Promise.all([
      run("api-database-url-job", password, { PGSSLROOTCERT: "/etc/palier/authority/other.crt" }),
      run("api-database-url-job", password, { PGHOST: "db.elsewhere.example" }),
    ]);
    equal(stranger.code, 2);
    match(stranger.problem, /certificate verify failed/);
    equal(another.code, 2);
    match(
      another.problem,
      /server certificate for "db.managed.example" does not match host name "db.elsewhere.example"/,
    );
  });

  it("is left alone with another password, which no message shows", async () => {
    const { code, problem } = await run("api-database-url-job", "quite-another");
    equal(code, 2);
    match(problem, /FATAL: {2}password authentication failed for user "cloud_admin"/);
    ok(!problem.includes("quite-another"), problem);
  });

  it("keeps a database for the system that made it: another one is refused, by both names", async () => {
    const before = await server.sql("postgres", "SELECT count(*) FROM pg_roles");
    resources = await shop({ project: "market" });
    const { code, problem } = await run("api-database-url-job");
    equal(code, 3);
    match(
      problem,
      /ERROR: {2}database shop of this server is already palier: shop\/staging\/shop-staging: give yours another name/,
    );
    equal(await server.sql("postgres", "SELECT count(*) FROM pg_roles"), before);
  });

  it("ends the login of the rotation before, as in the cluster [MP-129]", async () => {
    resources = await shop();
    const old = url("api-database-url", "app-url");
    resources = await shop({ rotate: "2026-11-01" });
    equal((await run("api-database-url-job")).code, 0);
    const fresh = url("api-database-url", "app-url");
    equal(await server.sqlAs(fresh, "SELECT count(*) FROM orders"), "1");
    const { code, problem } = await run("api-retire", password, { GRACE: "0" });
    equal(code, 0, problem);
    await rejects(server.sqlAs(old, "SELECT 1"), /password authentication failed/);
    equal(await server.sqlAs(fresh, "SELECT count(*) FROM orders"), "1");
  });

  it("is refused when it is older than 15", () => {
    const { command, env } = find(resources, "kubernetes:batch/v1:Job", "api-database-url-job").inputs.spec.template
      .spec.containers[0];
    const { value } = env.find(({ name }: { name: string }) => name === "SQL");
    ok(command.join(" ").includes("psql"));
    match(value, /Postgres %s is too old: 15 or later is needed.*server_version_num.*< 150000/);
  });
});
