import { deepEqual, equal, match, notEqual, ok, rejects } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { connectionBudget } from "../../../core/rules/relations/connections.ts";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { judge } from "../../rules/table.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const postgres = `registry.example/postgres@sha256:${"b".repeat(64)}`;

/** An app beside a server with two databases, and a cache. */
const shop = (links: (db: palier.Postgres, cache: palier.Redis) => palier.AppArgs["links"], more: object = {}) =>
  declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image: postgres, databases: { shop: {}, stock: {} } });
    const cache = new palier.Redis("cache", { environment, image, purpose: "cache" });
    new palier.App("api", { environment, image, links: links(db, cache), ...more });
  });

const secretOf = (resources: Declared[], variable: string) =>
  find(resources, "kubernetes:core/v1:Secret", `api-${variable}-secret`).inputs.stringData as Record<string, string>;
describe("several links of one app", () => {
  it("to two databases of a server have a role and a password each: none sets another's [MP-136]", async () => {
    const resources = await shop(({ links }) => ({ SHOP_URL: links["shop"]!, STOCK_URL: links["stock"]! }));
    const user = (variable: string, key: string) => new URL(secretOf(resources, variable)[key]!).username;
    const users = ["shop-url", "stock-url"].flatMap((one) => [user(one, "app-url"), user(one, "migrator-url")]);
    deepEqual(users, [
      "api.shop.shop_url",
      "api.shop.shop_url.migrator",
      "api.stock.stock_url",
      "api.stock.stock_url.migrator",
    ]);
    const jobs = resources.filter(({ type, name }) => type === "kubernetes:batch/v1:Job" && name.endsWith("-url-job"));
    const set = jobs.flatMap(({ inputs }) => {
      const { env } = inputs.spec.template.spec.containers[0];
      return ["LOGIN", "MIGRATOR"].map((name) => env.find((one: { name: string }) => one.name === name).value);
    });
    deepEqual(set.sort(), users.sort());
  });

  it("to one database work both: a process may want its address under two names", async () => {
    const resources = await shop(({ links }) => ({ DATABASE_URL: links["shop"]!, DIRECT_URL: links["shop"]! }));
    const [one, other] = ["database-url", "direct-url"].map((name) => new URL(secretOf(resources, name)["app-url"]!));
    notEqual(one!.username, other!.username);
    notEqual(one!.password, other!.password);
    equal(one!.pathname, other!.pathname);
  });

  it("to one cache are the same address twice", async () => {
    const resources = await shop((_, { link }) => ({ CACHE_URL: link, SESSION_URL: link }));
    const { env } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec.containers[0];
    const from = (name: string) => env.find((one: { name: string }) => one.name === name).valueFrom;
    deepEqual(from("CACHE_URL"), from("SESSION_URL"));
  });

  it("that lead elsewhere get another password, and the same again when they lead back", async () => {
    const passwords = async (database: string) => {
      const secret = secretOf(await shop(({ links }) => ({ DATABASE_URL: links[database]! })), "database-url");
      return [secret["app-password"]!, secret["migrator-password"]!];
    };
    const [shopped, stocked, again] = [await passwords("shop"), await passwords("stock"), await passwords("shop")];
    equal(new Set([...shopped, ...stocked]).size, 4);
    deepEqual(again, shopped);
    for (const one of shopped) match(one, /^[-\w]{43}$/);
  });

  it("are gone from everything once they are taken away, and nothing else is", async () => {
    const [before, after] = [
      await shop(({ links }, { link }) => ({ DATABASE_URL: links["shop"]!, CACHE_URL: link })),
      await shop((_, { link }) => ({ CACHE_URL: link })),
    ];
    const names = (resources: Declared[]) => resources.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    deepEqual(
      names(before).filter((one) => !names(after).includes(one)),
      [
        "Job api-database-url-job",
        "Job api-retire",
        "Secret api-database-url-secret",
        "NetworkPolicy api-database-url-in",
        "NetworkPolicy api-database-url-out",
        "Access api-database-url",
        "RandomPassword api-database-url-app-password",
        "RandomPassword api-database-url-migrator-password",
      ],
    );
    const { spec } = find(after, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template;
    ok(!JSON.stringify(spec).includes("database-url"));
  });

  it("count together against what the database allows, by the pools that are declared", async () => {
    const judged = async (pool: number) => {
      const own = ({ links }: palier.Postgres) => ({
        SHOP_URL: { ...links["shop"]!, rotate: "2026-11-01" },
        STOCK_URL: links["stock"]!,
      });
      const resources = await shop(own, {
        pools: { SHOP_URL: pool, STOCK_URL: pool },
        scale: { min: 2, max: 4 },
      });
      const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs;
      deepEqual([data["SHOP_POOL_MAX"], data["STOCK_POOL_MAX"]], [String(pool), String(pool)]);
      const server = find(resources, "kubernetes:apps/v1:StatefulSet", "db");
      const others = resources.filter((one) => one.type.startsWith("kubernetes:") && one !== server);
      return judge(connectionBudget, [server.inputs, ...others.map(({ inputs }) => inputs)]);
    };
    deepEqual(await judged(11), []);
    match(JSON.stringify(await judged(12)), /clients may open 96 \(.*api.* 96\)/);
  });
});

describe("an app's own summary", () => {
  it("says of each link what it leads to, for alerts and pictures", async () => {
    const resources = await shop(({ links }, { link }) => ({
      DATABASE_URL: links["shop"]!,
      CACHE_URL: link,
      STRIPE_URL: palier.outside({ host: "api.stripe.com" }),
    }));
    deepEqual(find(resources, "palier:index:App", "api").inputs.links, {
      DATABASE_URL: { kind: "postgres", name: "db", port: 5432 },
      CACHE_URL: { kind: "redis", name: "cache", port: 6379 },
      STRIPE_URL: { kind: "outside", name: "api.stripe.com", port: 443 },
    });
  });
});

describe("a link that can't be an app's", () => {
  const refused = (says: RegExp, links: palier.AppArgs["links"], more: object = {}) =>
    rejects(
      declared({ stack: "staging" }, () => {
        const environment = { system: "shop", stage: "staging", namespace: "shop-staging" };
        new palier.App("api", { environment, image, links, ...more });
      }),
      { message: says },
    );
  const link: palier.Link = {
    kind: "app",
    name: "web",
    host: "web",
    port: 80,
    selector: { app: "web" },
    ready: "",
    address: "http://web",
  };
  const environment = { system: "shop", stage: "staging", namespace: "shop-staging" };
  const elsewhere = (change: object) => ({ WEB_URL: { ...link, environment: { ...environment, ...change } } });

  it("is refused with both names where it leads to another environment [DP-13]", async () => {
    const to = (where: string) => `App api: links.WEB_URL: leads to web of ${where}; link within one environment`;
    const exactly = (text: string) => new RegExp(`^${text.replaceAll(/[().]/g, "\\$&")}$`);
    await refused(exactly(to("shop production, and api is of shop staging")), elsewhere({ stage: "prod" }));
    await refused(exactly(to("other staging, and api is of shop staging")), elsewhere({ system: "other" }));
    await refused(
      exactly(to("shop staging (shop-other), and api is of shop staging (shop-staging)")),
      elsewhere({ namespace: "shop-other" }),
    );
  });

  it("is let pass where its namespace is known only later", () =>
    declared({ stack: "staging" }, () => {
      const links = elsewhere({ namespace: pulumi.output("shop-staging") });
      new palier.App("api", { environment, image, links });
    }));

  const { address: _, ...nothing } = link;
  const lacking = (field: keyof palier.Link) => {
    const { [field]: _, ...rest } = link;
    return { WEB_URL: rest as palier.Link };
  };
  const wrong: Record<string, [palier.AppArgs["links"], RegExp, object?]> = {
    "without its kind": [lacking("kind"), /^App api: links.WEB_URL.kind: is missing; give lower-case letters/],
    "without a name": [lacking("name"), /^App api: links.WEB_URL.name: is missing/],
    "without a host": [lacking("host"), /^App api: links.WEB_URL.host: is missing; give a DNS name/],
    "without a port": [lacking("port"), /^App api: links.WEB_URL.port: is missing; give a whole number from 1 to/],
    "without what to wait for": [lacking("ready"), /^App api: links.WEB_URL.ready: is missing/],
    "to no pods and nothing outside": [
      lacking("selector"),
      /^App api: links.WEB_URL: the link has neither of selector and outside; give it one of the two$/,
    ],
    "to both": [
      { WEB_URL: { ...link, outside: {} } },
      /^App api: links.WEB_URL: the link has both of selector and outside; give it one of the two$/,
    ],
    "that offers nothing": [{ WEB_URL: nothing }, /^App api: links.WEB_URL: the link offers nothing; give it one of/],
    "to everything outside": [
      { WEB_URL: { ...nothing, address: "x", selector: undefined, outside: { cidrs: ["::/0"] } } as palier.Link },
      /^App api: links.WEB_URL.outside.cidrs\[0\]: "::\/0" is not allowed/,
    ],
    "whose variable is stated in clear too": [
      { WEB_URL: link },
      /^App api: variables.WEB_URL: links.WEB_URL sets it; leave one of them out$/,
      { variables: { WEB_URL: "http://elsewhere" } },
    ],
    "whose variable is a secret too": [
      { WEB_URL: link },
      /^App api: secrets.WEB_URL: links.WEB_URL sets it; leave one of them out$/,
      { secrets: { WEB_URL: { generate: 32 } } },
    ],
    "rotated, to no database": [
      { WEB_URL: { ...link, rotate: "2026-11-01" } },
      /^App api: links.WEB_URL.rotate: goes with a link to a database; whoever made this link's credentials rotates them$/,
    ],
    "with a pool of another variable": [
      { WEB_URL: link },
      /^App api: pools.DATABASE_URL: no link has this variable; links: WEB_URL$/,
      { pools: { DATABASE_URL: 5 } },
    ],
    "with a pool that sets another's variable": [
      { WEB_URL: link, WEB_URI: link },
      /^App api: pools.WEB_URL: sets WEB_POOL_MAX, as pools.WEB_URI does; leave one of them out$/,
      { pools: { WEB_URL: 5, WEB_URI: 6 } },
    ],
    "with a pool of none": [{ WEB_URL: link }, /^App api: pools.WEB_URL: 0 is not allowed/, { pools: { WEB_URL: 0 } }],
    "with a pool that is stated in clear too": [
      { WEB_URL: link },
      /^App api: variables.WEB_POOL_MAX: pools.WEB_URL sets it; leave one of them out$/,
      { pools: { WEB_URL: 5 }, variables: { WEB_POOL_MAX: "6" } },
    ],
  };
  for (const [what, [links, says, more]] of Object.entries(wrong)) {
    it(`is refused with its path: one ${what}`, () => refused(says, links, more));
  }
});
