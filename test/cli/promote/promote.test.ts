import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readReleaseRecord, releaseRecordFile } from "../../../core/records/recordFolder.ts";
import { isSignedBy } from "../../../core/records/signature.ts";
import { keyFile } from "../record/keyFile.ts";
import { friday, monday, PromoteTrial } from "./project.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const api = (letter: string) => `registry.example/shop/api@${digest(letter)}`;
const postgres = `registry.example/postgres@${digest("e")}`;
const daysBefore = (days: number) => new Date(monday.getTime() - days * 86_400_000);

const production = `# What production has.
config:
  shop:url: https://shop.example   # people know it
  shop:images:
    # built once
    api: ${api("0")}
    postgres: ${postgres}
`;

const gates = ["tests=passed", "coverage=91", "audit=0", "lint=passed", "types=passed", "performance=passed", "scan=0"];
const papers = [
  "--commit",
  "0123abc",
  "--author",
  "Ann",
  "--change-document",
  "README.md",
  "--rollback-plan",
  "README.md",
];

describe("palier promote", () => {
  let trial: PromoteTrial;
  beforeEach(async () => {
    trial = new PromoteTrial({ image: api("a"), url: "https://staging.shop.example" }, production);
    await trial.add(api("a"), daysBefore(2), ...papers, ...gates.flatMap((gate) => ["--gate", gate]));
  });
  const verified = (...args: string[]) => trial.add(api("a"), daysBefore(1), "--verified-in", "staging", ...args);
  const now = () => trial.read("Pulumi.production.yaml");

  it("writes the digest that staging runs and has verified, shows it, and says what comes next [AV-03 AV-31 DP-65 MQ-20]", async () => {
    await verified("--approved-by", "Bob");
    const { status, stdout, stderr } = await trial.run(monday);
    deepEqual([status, stderr], [0, ""]);
    equal(now(), production.replace(api("0"), api("a")));
    match(stdout, /Pulumi\.production\.yaml:\n {2}- {5}api: \S+@sha256:0+\n {2}\+ {5}api: \S+@sha256:a+\n/);
    match(stdout, /^Next: cd \S+ && pulumi up --stack production$/m);
    equal(existsSync(join(trial.folder, "asked")), false);
    match((await trial.run(monday)).stdout, /names what staging runs already/);
  });

  it("writes nothing with --dry-run, and says the same", async () => {
    await verified("--approved-by", "Bob");
    const { status, stdout } = await trial.run(monday, "--dry-run");
    equal(status, 0);
    match(stdout, /\+ {5}api: [\s\S]*Nothing was written \(--dry-run\)/);
    equal(now(), production);
  });

  it("adds images where the file names none, and leaves every other line [MQ-49]", async () => {
    trial.write("Pulumi.production.yaml", "# mine\nconfig:\n  shop:url: https://shop.example\n");
    await verified("--approved-by", "Bob");
    equal((await trial.run(monday)).status, 0);
    match(
      now(),
      /^# mine\nconfig:\n {2}shop:url: https:\/\/shop\.example\n {2}shop:images:\n {4}api: \S+@sha256:a{64}\n$/,
    );
  });

  it("adds the image of a phase beside what serves, through the same gate, however long ago that was verified", async () => {
    const served = ["--approved-by", "Bob", "--verified-in", "staging", "--released-to", "production"];
    await trial.add(api("0"), daysBefore(45), ...papers, ...gates.flatMap((gate) => ["--gate", gate]), ...served);
    const next = ["--image", `next=${api("a")}`];
    const refused = await trial.run(monday, ...next);
    equal(refused.status, 1);
    match(refused.stderr, /next: \S+@sha256:a+ can't be moved from staging: it is of another environment/);
    await verified("--approved-by", "Bob");
    const { status, stderr } = await trial.run(monday, ...next);
    deepEqual([status, stderr], [0, ""]);
    match(now(), new RegExp(`api: ${api("0")}\n[^]*    next: ${api("a")}\n`));
  });

  it("refuses what staging has not verified, what nobody approved, and what is not on record [AV-03 AV-04 DP-15 DP-64 P-09 P-14]", async () => {
    const refused = async (...patterns: RegExp[]) => {
      const { status, stderr } = await trial.run(monday);
      equal(status, 1);
      for (const pattern of patterns) match(stderr, pattern);
      equal(now(), production);
    };
    await refused(
      /verified in nowhere, and never in staging/,
      /\[human-approval\].*is approved by nobody/,
      /production stays as it is/,
    );
    await verified("--approved-by", "Ann");
    await refused(/\[human-approval\].*is approved by Ann; it takes 1 who/);
    await trial.add(api("a"), daysBefore(1), "--approved-by", "Bob", "--gate", "tests=failed");
    await refused(/\[release-gates\].*gates\.tests failed/);
    trial.write("outputs.json", JSON.stringify({ images: { api: api("b") } }));
    await refused(/there is no record of it in \S+: palier record add begins one/, /\[release-is-recorded\]/);
    trial.write("outputs.json", JSON.stringify({ image: "registry.example/shop/api:latest" }));
    await refused(/it has no digest; what may change under its name is not what was verified/);
  });

  it("refuses a word that is stale", async () => {
    await trial.add(api("a"), daysBefore(45), "--verified-in", "staging", "--approved-by", "Bob");
    const { status, stderr } = await trial.run(monday);
    equal(status, 1);
    match(stderr, /it is stale: verified in staging 45 days ago, and 30 are allowed/);
  });

  it("refuses a Friday from three in Paris on, but for an exemption with reason, owner and end, and for a way back [AV-07 P-13]", async () => {
    await verified("--approved-by", "Bob");
    const { status, stderr } = await trial.run(friday);
    equal(status, 1);
    match(stderr, /\[deploy-window\].*closed for releases on friday from 15:00 to 24:00 \(Europe\/Paris\)/);
    equal((await trial.run(new Date(friday.getTime() - 60_000), "--dry-run")).status, 0);
    const exemption = { resource: "shop", reason: "the payments are down", owner: "Bob", expires: "2026-11-28" };
    const config = (expires: string) => {
      const set = { rules: { "deploy-window": { exemptions: [{ ...exemption, expires }] } } };
      writeFileSync(join(trial.folder, "policies.json"), JSON.stringify(set));
      return ["--dry-run", "--config", join(trial.folder, "policies.json")];
    };
    equal((await trial.run(friday, ...config("2026-11-20"))).status, 1);
    const exempt = await trial.run(friday, ...config("2026-11-28"));
    equal(exempt.status, 0);
    match(exempt.stdout, /^exempt +used: deploy-window for shop, until 2026-11-28 \(Bob: the payments are down\)$/m);
    await trial.add(api("a"), daysBefore(9), "--released-to", "production");
    await trial.add(api("0"), daysBefore(8), "--gate", "tests=passed", "--released-to", "production");
    equal((await trial.run(friday, "--dry-run")).status, 0);
  });

  it("runs pulumi up with --up, and writes down that it went", async () => {
    await verified("--approved-by", "Bob");
    const { status } = await trial.run(monday, "--up", "--", "--yes", "--policy-pack", "policies");
    equal(status, 0);
    equal(trial.read("asked"), "up --stack production --yes --policy-pack policies\n");
    deepEqual(
      readReleaseRecord(trial.records, "shop", digest("a"))?.released.map(({ environment }) => environment),
      ["production"],
    );
  });

  it("refuses --up of a signed record before anything is written, but with the key that signed what stands there", async () => {
    const { file, publicKey } = keyFile();
    await verified("--approved-by", "Bob", "--sign", file);
    const refused = async (says: RegExp, ...args: string[]) => {
      const { status, stderr } = await trial.run(monday, "--up", ...args);
      equal(status, 2, stderr);
      match(stderr, says);
      deepEqual([now(), existsSync(join(trial.folder, "asked"))], [production, false]);
    };
    await refused(/shop\/api@sha256:a{64}: the record is signed, and can only be changed with its key/);
    await refused(/changed after it was signed, or signed with another key/, "--sign", keyFile().file);
    await refused(/no private ed25519 key/, "--sign", join(trial.folder, "Pulumi.yaml"));
    const record = releaseRecordFile(trial.records, "shop", digest("a"));
    const sound = readFileSync(record, "utf8");
    writeFileSync(record, sound.replace('"Bob"', '"Bobby"'));
    await refused(/changed after it was signed/, "--sign", file);
    writeFileSync(record, sound);
    const { status, stderr } = await trial.run(monday, "--up", "--sign", file);
    deepEqual([status, stderr, now()], [0, "", production.replace(api("0"), api("a"))]);
    const written = readReleaseRecord(trial.records, "shop", digest("a"))!;
    deepEqual([written.released.length, isSignedBy(written, publicKey)], [1, true]);
  });

  it("says who holds the stack where somebody else is at work on it, and writes of no release", async () => {
    await verified("--approved-by", "Bob");
    const since = new Date(Date.now() - 12 * 60_000 - 5_000).toISOString();
    trial.pulumi(
      `echo "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with 'pulumi cancel'.\n  file:///x/1.json: created by ann@ci-7 (pid 123) at ${since}" >&2; exit 255`,
    );
    const { status, stderr } = await trial.run(monday, "--up");
    equal(status, 1);
    match(
      stderr,
      /palier: production is being changed by ann on ci-7 \(process 123\) since \S+, 12 minutes ago\. Nothing was begun/,
    );
    match(stderr, /pulumi cancel --yes --stack production/);
    deepEqual(readReleaseRecord(trial.records, "shop", digest("a"))?.released, []);
  });

  for (const [what, change, args, says] of [
    ["one environment", {}, ["--image", "api"], /--image takes KEY=VALUE/],
    ["a stack file that is not there", {}, ["--project", "/nowhere"], /\/nowhere\/Pulumi\.yaml is not there/],
    [
      "words for a pulumi up that is not wished",
      {},
      ["--", "--yes"],
      /what stands after -- is for pulumi up: give --up too/,
    ],
    ["a stack that says of no image that it runs it", { "outputs.json": "{}" }, [], /staging says of no image/],
    [
      "images that are no map",
      { "Pulumi.production.yaml": "config:\n  shop:images: [1]\n" },
      [],
      /shop:images is no map/,
    ],
    ["a configuration that names no rule", {}, ["--config", "CONFIG"], /--config: there is no rule "nonsense"/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await verified("--approved-by", "Bob");
      for (const [file, text] of Object.entries(change)) trial.write(file, text);
      trial.write("bad.json", '{"rules":{"nonsense":"off"}}');
      const given = args.map((arg) => (arg === "CONFIG" ? join(trial.folder, "bad.json") : arg));
      const { status, stderr } = await trial.run(monday, ...given);
      equal(status, 2, stderr);
      match(stderr, says);
      doesNotMatch(stderr, /^ +at /m);
    });
  }
}).timeout(60_000);
