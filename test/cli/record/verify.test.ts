import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { RecordTrial } from "./recordTrial.ts";

const inAYear = new Date(Date.now() + 300.5 * 86_400_000);

describe("palier record sign, and verify", () => {
  let trial: RecordTrial;
  beforeEach(() => {
    trial = new RecordTrial();
  });
  const add = async (...args: string[]) => equal((await trial.run("add", args)).status, 0);

  it("relies on a record that was signed and verified, and says so [P-10]", async () => {
    const { privateFile, publicFile } = trial.keys();
    await add("--verified-in", "staging", "--gate", "tests=passed");
    const { status, stdout } = await trial.run("sign", ["--key", privateFile]);
    deepEqual([status, stdout.trim()], [0, trial.file]);
    const checked = await trial.run("verify", ["--public-key", publicFile]);
    deepEqual([checked.status, checked.stderr], [0, ""]);
    match(checked.stdout, /^verified in staging at \S+; signed with that key\n$/);
    match((await trial.run("verify")).stdout, /signed, and not checked by whom: --public-key does/);
  });

  it("says of an unsigned one that it is worth little, and refuses it where a key is asked for", async () => {
    await add("--verified-in", "staging");
    const { status, stdout } = await trial.run("verify");
    equal(status, 0);
    match(stdout, /unsigned, so worth little: whoever can write to the folder can write anything/);
    const refused = await trial.run("verify", ["--public-key", trial.keys().publicFile]);
    equal(refused.status, 1);
    match(refused.stderr, /can't be relied on: it is not signed, and a signature was asked for\./);
  });

  it("says of each fault what it is: missing, tampered with, another key, digest, image or environment, damaged [P-10]", async () => {
    const says = async (pattern: RegExp, args: string[] = [], image = trial.image) => {
      const { status, stderr, stdout } = await trial.run("verify", args, image);
      deepEqual([status, stdout], [1, ""]);
      match(stderr, pattern);
    };
    await says(/can't be relied on: it is missing: there is none of shop in /);
    const { privateFile, publicFile } = trial.keys();
    await add("--verified-in", "dev", "--sign", privateFile);
    await says(/it is of another environment: it was verified in dev, and never in staging\./);
    const other = ["--in", "dev", "--public-key", trial.keys("other").publicFile];
    await says(/it was tampered with after it was signed, or signed with another key/, other);
    const text = readFileSync(trial.file, "utf8");
    writeFileSync(trial.file, text.replace('"dev"', '"staging"'));
    await says(/it was tampered with after it was signed/, ["--public-key", publicFile]);
    const worker = trial.image.replace("/api", "/worker");
    await says(/it is of another image: registry\.example\/shop\/api, not registry\.example\/shop\/worker/, [], worker);
    writeFileSync(trial.file, text.replaceAll(trial.digest, `sha256:${"b".repeat(64)}`));
    await says(/digest is sha256:b+, not that of its name/);
    writeFileSync(trial.file, text.slice(0, -20));
    await says(/it is no JSON/);
  });

  it("says since when one is stale, and takes another bound", async () => {
    await add("--verified-in", "staging");
    const on = (now: Date, days: string) => trial.run("verify", ["--max-age-days", days], trial.image, now);
    const stale = await on(inAYear, "30");
    equal(stale.status, 1);
    match(stale.stderr, /it is stale: verified in staging 300 days ago, and 30 are allowed/);
    equal((await on(inAYear, "365")).status, 0);
    match((await on(new Date(0), "30")).stderr, /it was verified in staging in the future .*: check the clocks/);
  });

  it("signs nothing that was tampered with, and nothing that is not there", async () => {
    const { privateFile } = trial.keys();
    match(
      (await trial.run("sign", ["--key", privateFile])).stderr,
      /there is no record to sign: palier record add begins/,
    );
    await add("--author", "Ann", "--sign", privateFile);
    const changed = readFileSync(trial.file, "utf8").replace("Ann", "Eve");
    writeFileSync(trial.file, changed);
    for (const [verb, args] of [
      ["sign", ["--key", privateFile]],
      ["add", ["--gate", "tests=passed", "--sign", privateFile]],
    ] as const) {
      const { status, stderr } = await trial.run(verb, args);
      equal(status, 2);
      match(stderr, /the record was changed after it was signed, or signed with another key/);
    }
    equal(readFileSync(trial.file, "utf8"), changed);
  });

  for (const [what, verb, args, says] of [
    ["to sign without a key", "sign", [], /--key is missing/],
    ["a key that is not there", "sign", ["--key", "nowhere.pem"], /--key "nowhere\.pem" is not there/],
    [
      "a public key that is none",
      "verify",
      ["--public-key", import.meta.filename],
      /is no ed25519 key in PEM: openssl/,
    ],
    [
      "an environment that is none",
      "verify",
      ["--in", "moon"],
      /--in "moon"\. Allowed: dev, review, staging, production/,
    ],
    [
      "days that are none",
      "verify",
      ["--max-age-days", "1h"],
      /--max-age-days "1h"\. Allowed: whole days from 1 to 365/,
    ],
    ["a commit that is none", "show", ["--commit", "HEAD"], /--commit "HEAD"\. Allowed: 7 to 64 digits/],
    ["a place that is none", "show", ["--released-to", "moon"], /--released-to "moon"\. Allowed: staging, production/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, stderr } = await trial.run(verb, args, verb === "show" ? null : trial.image);
      equal(status, 2);
      match(stderr, says);
    });
  }
});

describe("palier record show", () => {
  it("prints all that is known of an image, as text and as it is", async () => {
    const trial = new RecordTrial();
    const gates = ["--gate", "coverage=81.5", "--commit", "0123abc", "--author", "Ann"];
    await trial.run("add", [...gates, "--verified-in", "staging"]);
    await trial.run("add", ["--approved-by", "Bob", "--released-to", "production"]);
    const { stdout } = await trial.run("show");
    match(
      stdout,
      /^registry\.example\/shop\/api@sha256:a{64}\n {2}system: shop\n {2}commit: 0123abc\n {2}author: Ann\n/,
    );
    match(stdout, /gate coverage: passed \(81\.5 %\), \S+\n {2}verified in staging: \S+\n {2}approved by Bob/);
    match(stdout, /went to production: \S+\n {2}unsigned: worth what the rights on its folder are worth/);
    deepEqual(JSON.parse((await trial.run("show", ["--json"])).stdout), trial.written());
  });

  it("lists releases, and finds those of a commit and what went to production last [MQ-48 DP-08]", async () => {
    const [first, second] = [new RecordTrial("a"), new RecordTrial("b")];
    const worker = `registry.example/shop/worker@sha256:${"c".repeat(64)}`;
    const add = async (image: string, ...args: string[]) => equal((await first.run("add", args, image)).status, 0);
    await add(first.image, "--commit", "0123abc", "--released-to", "production");
    await add(second.image, "--commit", "fedcba9", "--released-to", "production");
    await add(worker, "--commit", "0123abc");
    const shown = async (...args: string[]) => (await first.run("show", args, null)).stdout.trim().split("\n");
    equal((await shown()).length, 3);
    deepEqual(await shown("--reference", "--commit", "0123abcdef"), [worker, first.image]);
    const api = ["--repository", "registry.example/shop/api"];
    deepEqual(await shown("--reference", "--commit", "0123abc", ...api), [first.image]);
    deepEqual(await shown("--reference", "--released-to", "production"), [second.image]);
    deepEqual(await shown("--reference", "--released-to", "production", "--previous"), [first.image]);
    const none = await first.run("show", ["--released-to", "staging"], null);
    equal(none.status, 1);
    match(none.stderr, /there is no such record of shop in /);
  });
});
