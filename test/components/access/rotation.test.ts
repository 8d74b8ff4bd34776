import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const job = "kubernetes:batch/v1:Job";

type Links = NonNullable<palier.AppArgs["links"]>;
type Servers = Record<"db" | "other", palier.Postgres>;

/** Apps and tasks beside two servers. */
const shop = (declare: (environment: palier.Environment, servers: Servers) => void) =>
  declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    const server = (name: string) =>
      new palier.Postgres(name, { environment, image, databases: { shop: {}, stock: {} } });
    declare(environment, { db: server("db"), other: server("other") });
  });

const app = (links: (servers: Servers) => Links, more: object = {}) =>
  shop((environment, servers) => {
    new palier.App("api", { environment, image, links: links(servers), ...more });
  });

/** An app whose database link has this rotation. */
const rotated = (rotate?: string) => app(({ db }) => ({ DATABASE_URL: { ...db.links["shop"]!, rotate } }));

const container = (resources: Declared[], name: string, index = 0) =>
  find(resources, job, name).inputs.spec.template.spec.containers[index];

const told = (resources: Declared[], name: string, index = 0): Record<string, string> => {
  const { env } = container(resources, name, index) as { env: { name: string; value?: string }[] };
  return Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
};

const secretOf = (resources: Declared[]) =>
  find(resources, "kubernetes:core/v1:Secret", "api-database-url-secret").inputs;

const passwords = (resources: Declared[]) =>
  resources.filter(({ type }) => /RandomPassword$/.test(type)).map(({ name }) => name);

describe("a rotation of a database link", () => {
  it("is the first where none is named, with the names that were there before [MP-129]", async () => {
    const [usual, first] = [await rotated(), await rotated("first")];
    deepEqual(usual, first);
    const { LOGIN, APP } = told(usual, "api-database-url-job");
    deepEqual([LOGIN, APP], ["api.shop.database_url", "api.shop.database_url"]);
  });

  it("gives the app a login of its own beside the one before, and another password to each role [MP-129 DP-91]", async () => {
    const [before, now] = [await rotated(), await rotated("2026-11-01")];
    const [old, fresh] = [secretOf(before).stringData, secretOf(now).stringData];
    equal(new URL(old["app-url"]).username, "api.shop.database_url");
    equal(new URL(fresh["app-url"]).username, "api.shop.database_url.fc72dc4e");
    equal(new URL(fresh["migrator-url"]).username, "api.shop.database_url.migrator");
    notEqual(fresh["app-password"], old["app-password"]);
    const { LOGIN, APP } = told(now, "api-database-url-job");
    deepEqual([LOGIN, APP], ["api.shop.database_url.fc72dc4e", "api.shop.database_url"]);
    const made = (of: string) => [`api-database-url-app-password${of}`, `api-database-url-migrator-password${of}`];
    const own = (resources: Declared[]) => passwords(resources).filter((name) => name.startsWith("api-"));
    deepEqual([own(before), own(now)], [made(""), made("-2026-11-01")]);
  });

  it("that is named by its day says so on the Secret, for its age to be judged", async () => {
    const day = async (rotation?: string) =>
      secretOf(await rotated(rotation)).metadata.annotations?.["palier.dev/rotated-at"];
    deepEqual([await day("2026-11-01"), await day("second"), await day()], ["2026-11-01", undefined, undefined]);
  });
});

describe("the Job that ends what came before", () => {
  it("lets each link's own logins be, and takes none of its roles", async () => {
    const links = ({ db }: Servers) => ({
      DATABASE_URL: { ...db.links["shop"]!, rotate: "2026-11-01" },
      STOCK_URL: db.links["stock"]!,
    });
    const { LOGINS, ROLES, OWN } = told(await app(links), "api-retire");
    const logins = [
      "api.shop.database_url.fc72dc4e",
      "api.shop.database_url.migrator",
      "api.stock.stock_url",
      "api.stock.stock_url.migrator",
    ];
    deepEqual(LOGINS!.split(","), logins);
    deepEqual(ROLES!.split(","), [...logins, "api.shop.database_url"]);
    match(OWN!, /^palier: \w+\/staging\/shop-staging\/app\/api$/);
  });

  it("knows as its own what the links' Jobs call so, and nothing of an app named alike elsewhere", async () => {
    const resources = await rotated();
    equal(told(resources, "api-retire")["OWN"], told(resources, "api-database-url-job")["OWN"]);
    const task = await shop((environment, { db }) => {
      new palier.CronTask("api", { environment, image, schedule: "0 3 * * *", links: { A: db.links["stock"]! } });
    });
    match(told(task, "api-retire")["OWN"]!, /\/shop-staging\/task\/api$/);
  });

  it("waits for as long as a pod of any process of the version before may take to end", async () => {
    const resources = await app(({ db }) => ({ DATABASE_URL: db.links["shop"]! }), {
      workers: { mail: { command: ["mail"], drainSeconds: 120 } },
    });
    equal(told(resources, "api-retire")["GRACE"], "125");
    equal(find(resources, job, "api-retire").inputs.spec.activeDeadlineSeconds, 180 + 125);
  });

  it("is run again whenever a link's own is, and asks every server once", async () => {
    const resources = await app(({ db, other }) => ({
      A: db.links["shop"]!,
      B: db.links["stock"]!,
      C: other.links["shop"]!,
    }));
    const { annotations } = find(resources, job, "api-retire").inputs.spec.template.metadata;
    equal(annotations["palier.dev/after"].split(" ").length, 3);
    deepEqual(
      [0, 1].map((index) => told(resources, "api-retire", index)["PGHOST"]),
      ["db", "other"],
    );
    equal(container(resources, "api-retire", 2), undefined);
  });

  it("is not there for an app without a database", async () => {
    const resources = await app(() => ({}));
    deepEqual(
      resources.filter(({ type }) => type === job),
      [],
    );
  });
});
