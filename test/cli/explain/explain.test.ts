import { deepEqual, doesNotMatch, equal, match, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { explain } from "../../../cli/explain/explain.ts";
import type { Explained, Row } from "../../../cli/explain/rows.ts";
import { stackNamed, stacksOf } from "../../../cli/explain/stacks.ts";
import { profiles } from "../../../core/profile.ts";
import { images } from "../../avnir.ts";
import { printed } from "../printed.ts";

const folder = join(import.meta.dirname, "../../render/projects/explained");
const image = `registry.example/web@sha256:${"a".repeat(64)}`;
const avnir = Object.entries(images).flatMap(([name, image]) => ["--set", `avnir:images.${name}=${image}`]);
const json = async (...args: string[]): Promise<Explained[]> =>
  JSON.parse(await printed(() => explain([...args, "--json"]))).components;

describe("palier explain", () => {
  let rows: ReadonlyMap<string, Row>;
  const values = (argument: string) => Object.values(rows.get(argument)!.in).map(({ value }) => value);
  const origins = (argument: string) =>
    Object.values(rows.get(argument)!.in).map(({ origin, key }) => [origin, key].filter(Boolean).join(" "));

  before(async function () {
    this.timeout(60_000);
    const [web] = await json("web", "--project", folder);
    rows = new Map(web!.rows.map((row) => [row.argument, row]));
  });

  const from: [string, unknown[], string[]][] = [
    ["port", [3000, 3000], ["default", "default"]],
    ["image", [image, image], ["argument", "argument"]],
    ["nodePort", [30001, 30003], ["configuration shop:nodePort", "configuration shop:nodePort"]],
    [
      "variables.HOST",
      ["dev.shop.example", "production.shop.example"],
      ["configuration shop:host", "configuration shop:host"],
    ],
    ["variables.ONCE", ["1", "1"], ["argument", "argument"]],
    ["featureFlags.switch", [true, true], ["configuration shop:switch", "configuration shop:switch"]],
    ["featureFlags.other", [true, true], ["argument", "argument"]],
    ["scale.min", [1, 3], ["profile replicas.min", "argument"]],
    ["scale.max", [1, 10], ["profile replicas.max", "profile replicas.max"]],
    ["secrets.TOKEN.minLength", [24, 24], ["argument", "argument"]],
  ];
  for (const [argument, expected, told] of from) {
    it(`tells each value of ${argument} and where it is from`, () => {
      deepEqual(values(argument), expected);
      deepEqual(origins(argument), told);
      equal(rows.get(argument)!.differs, expected[0] !== expected[1]);
    });
  }

  it("tells nothing of a group in which nothing is given", () => ok(!rows.has("scale")));

  it("names the rules that guard a value, with their levels", () => {
    const [guard] = rows.get("image")!.guardedBy;
    deepEqual([guard!.id, guard!.levels.production], ["immutable-image-tag", "mandatory"]);
    deepEqual(rows.get("health.verify")!.guardedBy, []);
  });

  it("never prints a secret, whole or within a text", async () => {
    deepEqual(values("variables.SENT"), ["(secret)", "(secret)"]);
    deepEqual(values("variables.ADDRESS"), ["(secret)", "(secret)"]);
    doesNotMatch(await printed(() => explain(["--project", folder])), /stands-in/);
  });

  it("explains AVNIR in its three environments, by the profiles that components and policies read", async () => {
    const components = await json(...avnir);
    deepEqual(
      components.map(({ kind, name }) => `${kind} ${name}`),
      ["Environment avnir", "Postgres db", "Redis cache", "App api", "Monitoring monitoring"],
    );
    const api = components.find(({ name }) => name === "api")!;
    const told = (argument: string) => {
      const row = api.rows.find((row) => row.argument === argument)!;
      return Object.entries(row.in).map(([stack, { value }]) => [stack, value]);
    };
    const stacks = ["dev", "staging", "production"] as const;
    deepEqual(
      told("scale.max"),
      stacks.map((stack) => [stack, profiles[stack].replicas.max]),
    );
    deepEqual(told("featureFlags.enhancedAuth"), [
      ["dev", true],
      ["staging", false],
      ["production", false],
    ]);
    deepEqual(told("variables.CORS_ALLOW_ORIGINS").at(-1), ["production", "https://avnir.studio"]);
  });

  it("is text of a hundred columns, each environment beside the others", async () => {
    const text = await printed(() => explain(["db", ...avnir]));
    ok(
      text.split("\n").every((line) => line.length <= 100),
      text,
    );
    match(text, /^ +dev +staging +production$/m);
    match(text, /^≠ storage +1Gi +5Gi +20Gi\n {4}profile postgresStorage$/m);
  });

  it("tells of one environment what differs elsewhere", async () => {
    const text = await printed(() => explain(["web", "--project", folder, "--environment", "prod"]));
    match(text, /^≠ scale\.min +3\n {4}argument · guarded by [\s\S]*?elsewhere dev 1$/m);
    match(text, /^ {2}port +3000\n {4}default$/m);
  });

  it("finds an environment by the project's own names, of one stack or of all [AV-13 C-65]", async () => {
    const stacks = await stacksOf({ project: join(folder, "../renamed"), config: {} });
    deepEqual([...stacks.keys()], ["canary", "qa"]);
    deepEqual(
      ["trunk", "QA", "preprod"].map((name) => stackNamed(name, stacks)),
      ["canary", "qa", "qa"],
    );
    throws(() => stackNamed("live", stacks), /no environment "live"; there: canary, qa\.$/);
  });

  const refused: Record<string, [string[], RegExp]> = {
    "an unknown component": [["api", "--project", folder], /no component "api"; there: shop, web\.$/],
    "an unknown environment": [
      ["--project", folder, "--environment", "moon"],
      /no environment "moon"; there: dev, production\.$/,
    ],
    "a folder without stacks": [
      ["--project", import.meta.dirname],
      /has no Pulumi\.<stack>\.yaml of an environment\.$/,
    ],
    "configuration that is not there": [[], /images.*: Invalid input/],
  };
  for (const [what, [args, says]] of Object.entries(refused)) {
    it(`refuses ${what} with one message`, () => rejects(explain(args), says));
  }
}).timeout(60_000);
