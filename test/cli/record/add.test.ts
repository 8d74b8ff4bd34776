import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastInProduction, readReleaseRecord, releaseRecordFile } from "../../../core/records/recordFolder.ts";
import { isSignedBy } from "../../../core/records/signature.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = join(import.meta.dirname, "../../../cli/palier.ts");
const renamed = join(import.meta.dirname, "../../render/projects/renamed");
const digest = `sha256:${"a".repeat(64)}`;
const image = `registry.example/shop/api@${digest}`;

describe("palier record add", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder("record");
  });

  const command = (...args: string[]) => [
    program,
    "record",
    "add",
    image,
    ...["--system", "shop", "--records", folder],
    ...args,
  ];
  function record(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, command(...args), { encoding: "utf8" });
    doesNotMatch(stderr, /^ +at /m);
    return { status, stdout, stderr };
  }
  const written = () => readReleaseRecord(folder, "shop", digest)!;

  it("adds each step's facts to those of the steps before, and says where [P-10 P-11]", () => {
    const { status, stdout } = record("--gate", "tests=passed", "--commit", "0123abc", "--author", "Ann");
    equal(status, 0);
    equal(stdout.trim(), releaseRecordFile(folder, "shop", digest));
    record("--gate", "coverage=81.5", "--gate", "scan=2", "--run", "https://ci.example/1");
    record("--verified-in", "preprod", "--flag", "checkout=on", "--approved-by", "Bob", "--third-party");
    const { gates, verified, approvals, author, image: kept, thirdParty } = written();
    deepEqual([author, kept, thirdParty], ["Ann", "registry.example/shop/api", true]);
    equal(gates.tests?.result, "passed");
    equal(gates.coverage?.measured, 81.5);
    deepEqual([gates.scan?.result, gates.scan?.measured, gates.scan?.run], ["failed", 2, "https://ci.example/1"]);
    deepEqual(verified.staging?.flags, { checkout: true });
    deepEqual(
      approvals.map(({ by }) => by),
      ["Bob"],
    );
  });

  it("replaces the result of a gate that ran again, and counts a person once", () => {
    record("--gate", "tests=failed", "--approved-by", "Bob");
    record("--gate", "tests=passed", "--approved-by", "Bob");
    equal(written().gates.tests?.result, "passed");
    equal(written().approvals.length, 1);
  });

  it("knows a project's own names of environments [AV-13 C-65]", () => {
    equal(record("--project", renamed, "--verified-in", "qa", "--released-to", "live").status, 0);
    ok(written().verified.staging);
    deepEqual(
      written().released.map(({ environment }) => environment),
      ["production"],
    );
  });

  it("takes the gate backup from what a drill has written", () => {
    const file = join(folder, "drill.json");
    const at = "2026-11-21T04:00:00Z";
    const of = { version: 1, system: "shop", environment: "production", server: "db", database: "shop" };
    const drill = { ...of, backup: "20261121T020000Z", at, result: "passed", rpoSeconds: 7200, assertions: [1] };
    writeFileSync(file, JSON.stringify(drill));
    equal(record("--drill", file, "--run", "https://ci.example/1").status, 0);
    deepEqual(written().gates.backup, { result: "passed", at, run: "https://ci.example/1" });
    const refused = (content: string, says: RegExp) => {
      writeFileSync(file, content);
      const { status, stderr } = record("--drill", file);
      equal(status, 2);
      match(stderr, says);
    };
    refused(JSON.stringify({ ...drill, system: "other" }), /is of other, and the release is of shop/);
    refused(JSON.stringify({ ...drill, rpoSeconds: "none" }), /is no record of a drill: rpoSeconds: /);
    refused("passed", /is no record of a drill/);
    equal(written().gates.backup?.result, "passed");
  });

  it("knows which image went to production last [P-13]", () => {
    record("--released-to", "production");
    deepEqual([...lastInProduction(folder, "shop")], [["registry.example/shop/api", digest]]);
  });

  it("loses nothing when steps write at the same time", async () => {
    const gates = ["tests", "e2e", "audit", "lint", "types", "performance"];
    const steps = gates.map((gate) =>
      spawn(process.execPath, command("--gate", `${gate}=passed`), { stdio: "ignore" }),
    );
    const codes = await Promise.all(steps.map(async (step) => (await once(step, "close"))[0]));
    deepEqual(codes, [0, 0, 0, 0, 0, 0]);
    deepEqual(Object.keys(written().gates).sort(), [...gates].sort());
    deepEqual(readdirSync(join(folder, "shop/releases")).length, 1);
  });

  it("signs with a key, and changes a signed record with the key alone", () => {
    const keys = generateKeyPairSync("ed25519");
    const file = join(folder, "key.pem");
    writeFileSync(file, keys.privateKey.export({ type: "pkcs8", format: "pem" }));
    const publicKey = keys.publicKey.export({ type: "spki", format: "pem" }) as string;
    equal(record("--gate", "tests=passed", "--sign", file).status, 0);
    ok(isSignedBy(written(), publicKey));
    const { status, stderr } = record("--gate", "lint=passed");
    deepEqual([status, stderr], [2, "palier: the record is signed, and can only be changed with its key.\n"]);
    record("--gate", "lint=passed", "--sign", file);
    ok(isSignedBy(written(), publicKey));
    ok(!isSignedBy({ ...written(), author: "Eve" }, publicKey));
  });

  it("says which field of a damaged record is wrong, and leaves it as it is", () => {
    record("--gate", "tests=passed");
    const file = releaseRecordFile(folder, "shop", digest);
    const damaged = readFileSync(file, "utf8").replace('"passed"', '"lucky"');
    writeFileSync(file, damaged);
    const { status, stderr } = record("--gate", "lint=passed");
    equal(status, 2);
    match(stderr, /gates\.tests\.result: .*"passed"\|"failed"/);
    equal(readFileSync(file, "utf8"), damaged);
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("lucky", "passed")
        .replaceAll(digest, `sha256:${"b".repeat(64)}`),
    );
    match(record("--gate", "lint=passed").stderr, /digest is sha256:b+, not that of its name/);
  });

  for (const [what, args, says] of [
    ["a gate that is none", ["--gate", "luck=passed"], /there is no gate "luck"\. Gates: tests, /],
    ["a result that is none", ["--gate", "tests=yes"], /--gate tests="yes"\. Allowed: passed or failed\./],
    ["a coverage without a number", ["--gate", "coverage=passed"], /Allowed: a percentage from 0 to 100\./],
    ["a coverage over 100", ["--gate", "coverage=101"], /Allowed: a percentage/],
    ["an environment that is none", ["--verified-in", "moon"], /--verified-in "moon"\. Allowed: dev, review, staging/],
    ["another project's name of one", ["--verified-in", "qa"], /--verified-in "qa"\. Allowed: dev, review, staging/],
    [
      "a project's own name of production as a place to verify",
      ["--project", renamed, "--verified-in", "live"],
      /--verified-in "live"\. Allowed: dev, review, staging/,
    ],
    ["production as a place to verify", ["--verified-in", "production"], /Allowed: dev, review, staging/],
    ["flags of nowhere", ["--flag", "a=on"], /--flag goes with --verified-in/],
    ["a plan that is not there", ["--rollback-plan", "nowhere.md"], /--rollback-plan "nowhere\.md" is not there/],
    ["a commit that is none", ["--commit", "HEAD"], /commit: /],
    ["an empty author", ["--author", " "], /author: /],
    ["a key that is none", ["--sign", program], /no private ed25519 key in PEM: openssl/],
    ["an option that is none", ["--gaet", "tests=passed"], /--gaet/],
  ] as const) {
    it(`refuses ${what}, and writes nothing`, () => {
      const { status, stderr } = record(...args);
      equal(status, 2);
      match(stderr, says);
      equal(readReleaseRecord(folder, "shop", digest), undefined);
    });
  }

  for (const option of ["--run", "--change-document", "--rollback-plan"]) {
    it(`takes no password in ${option}, repeats none, and writes nothing`, () => {
      const { status, stderr } = record(option, "https://me:s3cret@ci.example/1");
      equal(status, 2);
      match(stderr, new RegExp(`${option} has a name or a password in its address`));
      doesNotMatch(stderr, /s3cret/);
      equal(readReleaseRecord(folder, "shop", digest), undefined);
    });
  }

  it("takes no tag for a digest", () => {
    const args = [program, "record", "add", "shop:1.0", "--system", "shop", "--records", folder];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    equal(status, 2);
    match(stderr, /IMAGE "shop:1\.0" is not one reference with its digest/);
  });
});
