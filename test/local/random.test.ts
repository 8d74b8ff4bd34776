import assert from "node:assert/strict";
import { type PropertyMap, reveal, Secret, unknown } from "../../local/grpc/values.ts";
import { random } from "../../local/plugins/random/provider.ts";

const subject = (kind: string) => ({
  urn: "urn:pulumi:s::p::t::n",
  type: `random:index/random${kind}:Random${kind}`,
  name: "n",
});
const create = async (kind: string, inputs: PropertyMap, preview = false) =>
  random.create({ ...subject(kind), inputs, preview, timeoutSeconds: 0 });
const check = async (kind: string, news: PropertyMap) =>
  (await random.check({ ...subject(kind), news, randomSeed: new Uint8Array() })).failures?.map(
    ({ property }) => property,
  );
const diff = async (kind: string, olds: PropertyMap, news: PropertyMap) =>
  random.diff({ ...subject(kind), id: "", state: {}, olds, news, ignoreChanges: [] });

describe("random stand-in", () => {
  it("makes a password of the asked length and classes, and keeps it and its hash secret", async () => {
    const { default: bcrypt } = await import("bcryptjs");
    const inputs = { length: 24, minUpper: 3, minLower: 3, minNumeric: 3, minSpecial: 3, overrideSpecial: "_-" };
    const { id, outputs } = await create("Password", inputs);
    assert.equal(id, "none");
    assert.ok(outputs["result"] instanceof Secret && outputs["bcryptHash"] instanceof Secret);
    const result = reveal(outputs["result"]) as string;
    assert.equal(result.length, 24);
    for (const some of [/[A-Z]/g, /[a-z]/g, /[0-9]/g, /[_-]/g]) assert.ok(result.match(some)!.length >= 3);
    assert.match(result, /^[A-Za-z0-9_-]+$/);
    assert.match(reveal(outputs["bcryptHash"]) as string, /^\$2a\$10\$/);
    assert.ok(await bcrypt.compare(result, reveal(outputs["bcryptHash"]) as string));
  }).timeout(60_000);

  it("uses only the classes that are on", async () => {
    const inputs = { length: 200, special: false, upper: false, number: false };
    assert.match((await create("String", inputs)).outputs["result"] as string, /^[a-z]{200}$/);
  });

  it("knows nothing generated in preview, and keeps a secret input secret", async () => {
    const { outputs } = await create("Password", { length: 8, keepers: new Secret({ a: "b" }) }, true);
    assert.deepEqual([outputs["result"], outputs["bcryptHash"]], [new Secret(unknown), new Secret(unknown)]);
    assert.deepEqual(outputs["keepers"], new Secret({ a: "b" }));
  });

  it("refuses what can't be made, and waits for what isn't known", async () => {
    assert.deepEqual(await check("Password", { length: 0 }), ["length"]);
    assert.deepEqual(await check("Password", { length: 1.5 }), ["length"]);
    assert.deepEqual(await check("Password", { length: 3, minUpper: 2, minLower: 2 }), ["length"]);
    assert.deepEqual(await check("String", { length: 3, upper: false, lower: false, numeric: false, special: false }), [
      "special",
    ]);
    assert.deepEqual(await check("String", { length: 3, number: true, numeric: false }), ["number"]);
    assert.deepEqual(await check("String", { length: unknown, minUpper: -1 }), []);
    assert.deepEqual(await check("Integer", { min: 2, max: 1 }), ["min"]);
    assert.deepEqual(await check("Id", { byteLength: 0 }), ["byteLength"]);
    assert.deepEqual(await check("Password", { length: new Secret(16) }), []);
  });

  it("replaces for every real change, and for none that only says a default", async () => {
    const keepers = { version: "1" };
    assert.deepEqual(
      (await diff("Password", { length: 8, keepers }, { length: 8, keepers: { version: "2" } })).detailed,
      {
        "keepers.version": "updateReplace",
      },
    );
    assert.deepEqual((await diff("Password", { length: 8 }, { length: 9 })).detailed, { length: "updateReplace" });
    for (const same of [{ special: true }, { numeric: true }, { number: true }, { minLower: 0 }, { keepers: {} }]) {
      assert.equal((await diff("Password", { length: 8 }, { length: 8, ...same })).changes, false);
    }
  });

  it("shows one id in all its spellings", async () => {
    const { id, outputs } = await create("Id", { byteLength: 4, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");
    assert.equal(bytes.length, 4);
    assert.equal(outputs["hex"], `p-${bytes.toString("hex")}`);
    assert.equal(outputs["dec"], `p-${bytes.readUInt32BE()}`);
    assert.equal(outputs["b64Std"], `p-${bytes.toString("base64")}`);
    assert.equal(outputs["b64Url"], `p-${id}`);
  });

  it("makes bytes, integers, shuffles and both kinds of UUID", async () => {
    const bytes = (await create("Bytes", { length: 16 })).outputs;
    assert.equal(Buffer.from(reveal(bytes["base64"]) as string, "base64").toString("hex"), reveal(bytes["hex"]));
    for (const [min, max] of [
      [5, 5],
      [-3, 3],
      [0, 2 ** 50],
    ] as const) {
      const { id, outputs } = await create("Integer", { min, max });
      assert.ok((outputs["result"] as number) >= min && (outputs["result"] as number) <= max);
      assert.equal(id, String(outputs["result"]));
    }
    const { outputs } = await create("Shuffle", { inputs: ["a", "b", "c"], resultCount: 5 });
    assert.equal(new Set((outputs["results"] as string[]).slice(0, 3)).size, 3);
    assert.equal((outputs["results"] as string[]).length, 5);
    assert.match((await create("Uuid", {})).id, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    const uuid7 = (await create("Uuid7", {})).id;
    assert.match(uuid7, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    assert.ok(Math.abs(Number.parseInt(uuid7.replace("-", "").slice(0, 12), 16) - Date.now()) < 10_000);
  });

  it("leaves the state alone on refresh, and imports a value that exists", async () => {
    const read = (kind: string, id: string, state: PropertyMap = {}) =>
      random.read({ ...subject(kind), id, state, inputs: {}, timeoutSeconds: 0 });
    const state = { length: 3, result: new Secret("abc") };
    assert.deepEqual((await read("Password", "none", state))?.outputs, state);
    const imported = await read("Password", "hunter2");
    assert.deepEqual(imported?.inputs, { length: 7 });
    assert.deepEqual(imported?.outputs["result"], new Secret("hunter2"));
    assert.equal((await read("Id", "p-,AQID"))?.outputs["hex"], "p-010203");
    await assert.rejects(read("Integer", "x"), /RESULT,MIN,MAX/);
  });
});
