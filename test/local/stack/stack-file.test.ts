import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { fingerprint, formatStackFile, mergeStackFile, secretsInTracked } from "../../../local/stack/stack-file.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const from = "/clone/Pulumi.dev.yaml";

describe("a merged stack file", () => {
  const text = "config:\n  avnir:url: http://a\n  flag: true\n  avnir:images: { postgres: tracked, api: kept }\n";
  const present = {
    encryptionsalt: "v1:salt",
    config: { "avnir:KEY": { secure: "v1:x" } },
  };

  it("takes the tracked values, under the project's namespace", () => {
    const { config } = mergeStackFile("avnir", { from, text }, undefined, {});
    assert.equal(config!["avnir:url"], "http://a");
    assert.equal(config!["avnir:flag"], true);
  });

  it("keeps salt, secrets and what somebody set by hand", () => {
    const merged = mergeStackFile("avnir", { from, text }, present, {});
    assert.equal(merged.encryptionsalt, "v1:salt");
    assert.deepEqual(merged.config!["avnir:KEY"], { secure: "v1:x" });
  });

  it("lays the machine's values over both, maps key by key, and leaves out what is undefined", () => {
    const local = { "avnir:images": { postgres: "local" }, "avnir:registry": undefined };
    const { config } = mergeStackFile("avnir", { from, text }, present, local);
    assert.deepEqual(config!["avnir:images"], { postgres: "local", api: "kept" });
    assert.ok(!("avnir:registry" in config!));
  });

  it("takes what the tracked file says anew, and keeps what was set here since", () => {
    const once = mergeStackFile("avnir", { from, text }, undefined, { "avnir:images": { postgres: "local" } });
    once.config!["avnir:url"] = "http://by-hand";
    const changed = "config: { avnir:url: http://b, avnir:images: { postgres: other, api: newer } }\n";
    const { config } = mergeStackFile("avnir", { from, text: changed, before: text }, once, {});
    assert.deepEqual(config!["avnir:images"], { postgres: "local", api: "newer" });
    assert.equal(config!["avnir:url"], "http://by-hand");
  });

  it("drops a key that has gone from the tracked file", () => {
    const once = mergeStackFile("avnir", { from, text }, present, {});
    const again = mergeStackFile("avnir", { from, text: "config: {}\n", before: text }, once, {});
    assert.ok(!("avnir:flag" in again.config!));
    assert.ok("avnir:KEY" in again.config!);
  });

  it("records what it was made from, so that a later change is noticed", () => {
    const { config } = mergeStackFile("avnir", { from, text }, present, {});
    const record = config!["palier:merged"] as { from: string; sha256: string };
    assert.deepEqual([record.from, record.sha256], [from, fingerprint(text)]);
  });

  it("is YAML that reads back the same", () => {
    const merged = mergeStackFile("avnir", { from, text }, present, {});
    assert.deepEqual(parse(formatStackFile(merged)), merged);
  });

  it("refuses a tracked file with a secret or a salt, and names the place but not the value", () => {
    const bad = "encryptionsalt: v1:abc\nconfig:\n  avnir:db: { url: { secure: v1:hush } }\n";
    assert.throws(
      () => mergeStackFile("avnir", { from, text: bad }, undefined, {}),
      (error: Error) => {
        assert.match(error.message, /encryptionsalt\n {2}config\.avnir:db\.url\.secure/);
        assert.doesNotMatch(error.message, /hush|v1:abc/);
        return true;
      },
    );
  });
});

describe("the tracked stack files", () => {
  it("hold no salt and no ciphertext, at the top or under a structured key", async () => {
    const files = [];
    for await (const file of glob(["Pulumi.*.yaml", "stacks/*/Pulumi.*.yaml"], { cwd: root })) files.push(file);
    assert.ok(files.length >= 3);
    for (const file of files) {
      assert.deepEqual(secretsInTracked(await readFile(join(root, file), "utf8")), [], file);
    }
  });
});
