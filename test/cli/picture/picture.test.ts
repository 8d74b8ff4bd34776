import { deepEqual, doesNotMatch, equal, match, ok, rejects } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { picture } from "../../../cli/picture/picture.ts";
import { type SystemName, systemNames } from "../../systems.ts";
import { temporaryFolder } from "../../temporary.ts";
import { printed } from "../printed.ts";
import { cellsOf, type Markup, read } from "./markup.ts";
import { pictureOf } from "./pictureOf.ts";

interface Expected {
  readonly components: readonly string[];
  /** Component, variable, and where it leads. */
  readonly links: readonly (readonly string[])[];
  /** Who reaches what: all that is open, and so nothing else. */
  readonly ways: readonly string[];
  /** Those that not every environment has, by dev, staging and production. */
  readonly own?: Readonly<Record<string, readonly string[]>>;
  /** A value that differs: component, argument, and what it is in each environment. */
  readonly differs: readonly string[];
}

const expected: Record<SystemName, Expected> = {
  avnir: {
    components: ["Environment avnir", "Postgres db", "Redis cache", "App api", "Monitoring monitoring"],
    links: [
      ["api", "DATABASE_URL", "db:5432 (postgres)"],
      ["api", "REDIS_URL", "cache:6379 (redis)"],
    ],
    ways: ["api → db TCP 5432", "api → cache TCP 6379"],
    differs: ["api", "featureFlags.enhancedAuth", "true", "false", "false"],
  },
  debrouillepro: {
    components: ["Environment debrouillepro", "Redis cache", "App api"],
    links: [["api", "REDIS_URL", "cache:6379 (redis)"]],
    ways: ["api → cache TCP 6379", "api-warm-up-hook → api TCP 3000"],
    differs: ["api", "variables.STORAGE_BUCKET", "debrouille-dev", "debrouille-staging", "debrouille-prod"],
  },
  mapquiz: {
    components: ["Environment mapquiz", "Postgres db", "App api", "Monitoring monitoring"],
    links: [
      ["api", "DATABASE_URL", "db:5432 (postgres)"],
      ["api", "GITHUB_API_URL", "api.github.com:443 (outside)"],
      ["api", "GOOGLE_OAUTH_URL", "oauth2.googleapis.com:443 (outside)"],
    ],
    ways: ["api → db TCP 5432", "api → api.github.com TCP 443", "api → oauth2.googleapis.com TCP 443"],
    differs: ["db", "storage", "1Gi", "5Gi", "20Gi"],
  },
  mecapy: {
    components: [
      "Environment mecapy",
      "Postgres db",
      "Secrets uploads-keys",
      "ObjectStore uploads",
      "App api",
      "App frontend",
    ],
    links: [
      ["api", "DATABASE_URL", "db:5432 (postgres)"],
      ["api", "CLOUD_ENDPOINT", "s3.fr-par.scw.cloud:443 (outside)"],
      ["api", "KEYCLOAK_URL", "–", "auth-staging.mecapy.com:443 (outside)", "auth.mecapy.com:443 (outside)"],
      ["api", "SENTRY_DSN", "ingest.sentry.io:443 (outside)"],
      ["frontend", "API_URL", "api:8000 (app)"],
    ],
    own: {
      "api → auth-staging.mecapy.com TCP 443": ["no", "yes", "no"],
      "api → auth.mecapy.com TCP 443": ["no", "no", "yes"],
    },
    ways: [
      "api → db TCP 5432",
      "api → s3.fr-par.scw.cloud TCP 443",
      "api → ingest.sentry.io TCP 443",
      "frontend → api TCP 8000",
    ],
    differs: ["api", "variables.TOKEN_VERIFICATION_ENABLED", "false", "true", "true"],
  },
  yonima: {
    components: ["Environment yonima", "Postgres db", "Redis queue", "Redis sessions", "App api"],
    links: [
      ["api", "DATABASE_URL", "db:5432 (postgres)"],
      ["api", "REDIS_URL", "queue:6379 (redis)"],
      ["api", "SESSION_REDIS_URL", "sessions:6379 (redis)"],
      ["api", "SENTRY_DSN", "ingest.sentry.io:443 (outside)"],
    ],
    ways: ["api", "api-queue"].flatMap((from) => [
      `${from} → db TCP 5432`,
      `${from} → queue TCP 6379`,
      `${from} → sessions TCP 6379`,
      `${from} → ingest.sentry.io TCP 443`,
    ]),
    differs: ["api", "scale.max", "1", "4", "10"],
  },
};

const sorted = (lists: readonly (readonly string[])[]) => lists.map((list) => list.join(" | ")).sort();

describe("palier picture", () => {
  const pages = new Map<SystemName, Markup>();
  before(async function () {
    this.timeout("10m");
    for (const system of systemNames) pages.set(system, read(await pictureOf(system)));
  });
  const rows = (system: SystemName, caption: RegExp) => cellsOf(pages.get(system)!, caption);

  for (const [system, { components, links, ways, own = {}, differs }] of Object.entries(expected) as [
    SystemName,
    Expected,
  ][]) {
    it(`shows each component of ${system}, with the rules that guard it`, () => {
      deepEqual(
        pages
          .get(system)!
          .all("h3")
          .map(({ text }) => text),
        components,
      );
      const guards = rows(system, /^Rules that guard App api/);
      deepEqual(guards.find(([rule]) => rule === "immutable-image-tag")?.slice(2), [
        "mandatory",
        "mandatory",
        "mandatory",
        "image",
      ]);
    });

    it(`shows each link of ${system}, and no other, in its three environments`, () => {
      const everywhere = links.map(([component, variable, dev, staging = dev, production = dev]) => [
        component!,
        variable!,
        dev!,
        staging!,
        production!,
      ]);
      deepEqual(sorted(rows(system, /^Links/)), sorted(everywhere));
    });

    it(`shows who reaches what in ${system}, and nobody else, as a table and as the diagram's words`, () => {
      // Staging and production are watched, and dev is not.
      const watched = [
        ...ways,
        ...Object.keys(own),
        `namespace monitoring → api TCP ${system === "mecapy" ? 8000 : 3000}`,
      ].sort();
      const open = rows(system, /^Who may reach what/);
      const wayOf = ([from, to, port]: string[]) => `${from} → ${to} ${port}`;
      deepEqual(open.map(wayOf).sort(), watched);
      for (const row of open) {
        const everywhere = [ways.includes(wayOf(row)) ? "yes" : "no", "yes", "yes"];
        deepEqual(row.slice(3, 6), own[wayOf(row)] ?? everywhere);
      }
      const said = pages.get(system)!.all("desc");
      const words = said.map(({ text }) =>
        text.split(". ").map((one) =>
          one
            .replace(" reaches ", " → ")
            .replace(/ on |\.$/g, " ")
            .trim(),
        ),
      );
      // Environments that are alike share a diagram.
      const drawn = [0, 1, 2].map((at) => {
        const open = watched.filter((way) => own[way]?.[at] !== "no" && (at > 0 || ways.includes(way)));
        return JSON.stringify(open);
      });
      deepEqual(
        words.map((one) => one.sort()),
        [...new Set(drawn)].map((one) => JSON.parse(one)),
      );
    });

    it(`shows what differs between the environments of ${system}, beside each other`, () => {
      const found = rows(system, /^Values that differ/);
      deepEqual(
        found.find(([component, argument]) => component === differs[0] && argument === differs[1])?.slice(0, 5),
        differs,
      );
      ok(!found.some(([, argument]) => argument === "port"), "a value that is the same everywhere");
    });
  }

  it("shows what is asked for and held to, by each workload", () => {
    const sizes = rows("mecapy", /^Pods of each workload/).map(([workload, ...row]) => [
      workload!.replace("≠ ", ""),
      ...row,
    ]);
    const of = (workload: string, size: string) =>
      sizes.find(([one, two]) => one === workload && two === size)?.slice(2);
    deepEqual(of("api (App)", "Pods"), ["1", "2–4", "2–10"]);
    deepEqual(of("api (App)", "CPU requested"), ["200m", "200m", "200m"]);
    deepEqual(of("api (App)", "Memory limit"), ["768Mi", "768Mi", "768Mi"]);
    deepEqual(of("db (Postgres)", "Storage"), ["1Gi", "5Gi", "20Gi"]);
  });

  it("shows the world where it is let in, in one diagram for the environments that are alike", async () => {
    const page = read(await pictureOf("avnir", { nodePort: "30080" }));
    const [world] = cellsOf(page, /^Who may reach what/).filter(([from]) => from === "the world");
    deepEqual(world?.slice(0, 6), ["the world", "api", "TCP 3000", "yes", "yes", "yes"]);
    match(world![6]!, /^Service "api"; from anyone in the cluster by api-in$/);
    match(page.all("desc")[0]!.text, /the world reaches api on TCP 3000\./);
  });

  it("is one page that loads nothing, for all readers: headings in order, tables with heads, a way past the list", () => {
    for (const [system, page] of pages) {
      const loading = page
        .all()
        .filter(({ name, attributes }) => /^(script|link|img|iframe)$/.test(name) || attributes["src"]);
      deepEqual(loading, [], system);
      doesNotMatch(page.text, /url\((?!#)|@import|https?:\/\/[^<]*"/);
      const levels = page.all().flatMap(({ name }) => /^h(\d)$/.exec(name)?.[1] ?? []);
      ok(
        levels.every((level, index) => Number(level) <= Number(levels[index - 1] ?? 0) + 1),
        levels.join(),
      );
      equal(levels.filter((level) => level === "1").length, 1);
      ok(page.all("th").every(({ attributes }) => /^(col|row)$/.test(attributes["scope"] ?? "")));
      equal(page.all("a")[0]?.attributes["href"], "#content");
      const ids = page.all().flatMap(({ attributes }) => attributes["id"] ?? []);
      equal(new Set(ids).size, ids.length, "one name for two places");
    }
  });

  it("is the same each time, byte by byte", async () => {
    equal(await pictureOf("yonima"), pages.get("yonima")!.text);
  });

  it("shows no secret, and no markup of the program's own", async () => {
    for (const { text } of pages.values()) doesNotMatch(text, /stands-in/);
    const script = "<script>alert(1)</script>";
    const own = await pictureOf("mapquiz", { googleClientId: script });
    ok(!own.includes(script));
    ok(read(own).text.includes("&lt;script&gt;alert(1)&lt;/script&gt;"));
    const explained = ["--project", join(import.meta.dirname, "../../render/projects/explained")];
    const page = await printed(() => picture(explained));
    doesNotMatch(page, /stands-in/);
    match(page, /<code>variables\.ADDRESS<\/code><\/th><td>\(secret\)<\/td>/);
  });

  it("shows a program of no component, whose policies leave ways open", async () => {
    const project = join(import.meta.dirname, "../../render/projects/net");
    const rows = cellsOf(read(await printed(() => picture(["--project", project]))), /^Who may reach what/);
    const open = (from: string, to: string) =>
      rows.filter((row) => row[0] === from && row[1] === to).map(([, , port]) => port);
    deepEqual([open("cache", "db"), open("db", "api")], [[], []]);
    ok(open("api", "db").includes("TCP 5432"));
  });

  it("is written to a file where one is named", async () => {
    const file = join(temporaryFolder("picture"), "page.html");
    const project = join(import.meta.dirname, "../../render/projects/explained");
    equal(await printed(() => picture(["--project", project, "--output", file])), "");
    match(readFileSync(file, "utf8"), /^<!DOCTYPE html>\n/);
  });

  const refused: Record<string, [string[], RegExp]> = {
    "a name": [["api"], /^UsageError: name nothing: palier picture shows the whole project\.$/],
    "an unknown option": [["--open"], /Unknown option '--open'.* See palier picture --help\.$/],
    "a folder without stacks": [
      ["--project", import.meta.dirname],
      /has no Pulumi\.<stack>\.yaml of an environment\.$/,
    ],
    "configuration that is not there": [[], /can't be rendered: .*images.*: Invalid input/s],
  };
  for (const [what, [args, says]] of Object.entries(refused)) {
    it(`refuses ${what} with one message`, () => rejects(picture(args), says));
  }
}).timeout(600_000);
