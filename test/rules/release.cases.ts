import { generateKeyPairSync } from "node:crypto";
import { type ReleaseRecord, releaseRecord } from "../../core/records/releaseRecord.ts";
import { signed } from "../../core/records/signature.ts";
import { passedGates, scanned } from "../../core/rules/release/gates.ts";
import { approved, byPipeline, documented, promotedFlags, rollbackPlan } from "../../core/rules/release/papers.ts";
import { released } from "../../core/rules/release/recorded.ts";
import type { Release, ReleasedImage, ReleaseRule } from "../../core/rules/release/release.ts";
import { stagingFirst } from "../../core/rules/release/stagingFirst.ts";
import { openWindow } from "../../core/rules/release/window.ts";
import type { ReleaseCases } from "./releaseTable.ts";

const digest = `sha256:${"a".repeat(64)}`;
const monday = new Date("2026-11-16T10:00:00Z");
const at = "2026-11-15T10:00:00Z";
const passed = { result: "passed", at } as const;

const good = releaseRecord.parse({
  version: 1,
  system: "shop",
  image: "registry.example/shop/api",
  digest,
  commit: "0123abc",
  author: "Ann",
  changeDocument: "docs/changes/12.md",
  rollbackPlan: "docs/rollback.md",
  gates: {
    tests: passed,
    coverage: { ...passed, measured: 80.5 },
    audit: passed,
    lint: passed,
    types: passed,
    performance: passed,
    scan: { ...passed, measured: 0 },
  },
  verified: { staging: { at, flags: { checkout: true } } },
  approvals: [{ by: "Bob", at }],
});

const image = (record?: ReleaseRecord, more: Partial<ReleasedImage> = {}): ReleasedImage => ({
  name: "api",
  reference: `registry.example/shop/api@${digest}`,
  record,
  ...more,
});

function release(record: Partial<ReleaseRecord> = {}, more: Partial<Release> = {}): Release {
  const images = [image({ ...good, ...record })];
  return { system: "shop", stage: "production", now: monday, records: "/records", images, flags: {}, ...more };
}

const rollback = (more: Partial<Release>) =>
  release({}, { images: [image(good, { inProduction: "replaced" })], ...more });
const on = (now: string) => release({}, { now: new Date(now) });
const gate = (name: keyof typeof good.gates, proof: object | undefined) =>
  release({ gates: { ...good.gates, [name]: proof } as ReleaseRecord["gates"] });

const old = { ...good, verified: { staging: { at: "2026-01-01T10:00:00Z" } } };

const keys = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const genuine = signed(good, keys.privateKey);
const withKey = { publicKey: keys.publicKey };

const cases: ReleaseCases[] = [];
const table = (rule: ReleaseRule, table: Omit<ReleaseCases, "rule">) => void cases.push({ rule, ...table });

export { cases };

table(released, {
  refuses: {
    "an image of which nothing is on record": release({}, { images: [image()] }),
    "a record that can't be used": release({}, { images: [image(undefined, { problem: "digest is sha256:b" })] }),
    "a configuration that names no image": release({}, { images: [] }),
    "one that names the images of others alone": release({}, { images: [image(undefined, { name: "postgres" })] }),
    "no folder of records": release({}, { records: undefined }),
    "a record without the signature that is asked for": { set: withKey, of: release() },
    "a record changed after it was signed": { set: withKey, of: release({ ...genuine, author: "Eve" }) },
    "a record signed with another key": {
      set: withKey,
      of: release(
        signed(good, generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }) as string),
      ),
    },
  },
  passes: {
    "an image with its record": release(),
    "an image made by others": release({}, { images: [image(good), image(undefined, { name: "redis" })] }),
    "a signed record": { set: withKey, of: release(genuine) },
  },
});

table(stagingFirst, {
  refuses: {
    "a digest that never ran in staging": release({ verified: {} }),
    "one that only ran in dev": release({ verified: { dev: { at } } }),
    "one verified too long ago": release({ verified: { staging: { at: "2026-10-01T10:00:00Z" } } }),
    "one verified tomorrow": release({ verified: { staging: { at: "2026-11-17T10:00:00Z" } } }),
  },
  passes: {
    "a digest that staging ran": release(),
    "going back to one that was verified long ago": release({}, { images: [image(old, { inProduction: "replaced" })] }),
    "one verified long ago that production runs": release({}, { images: [image(old, { inProduction: "last" })] }),
    "an image made by others": release({ verified: {}, thirdParty: true }),
  },
});

table(passedGates, {
  refuses: {
    "tests that failed": gate("tests", { result: "failed", at }),
    "tests that nobody ran": gate("tests", undefined),
    "a coverage of exactly 80 [MQ-13]": gate("coverage", { ...passed, measured: 80 }),
    "a coverage without a number": gate("coverage", passed),
    "a gate that was asked for": { set: { required: ["e2e"] }, of: release() },
  },
  passes: {
    "what has passed all": release(),
    "less coverage where less is asked": {
      set: { coverageAbove: 50 },
      of: gate("coverage", { ...passed, measured: 60 }),
    },
  },
});

table(scanned, {
  refuses: {
    "an image that was not scanned": gate("scan", undefined),
    "one with a critical finding": gate("scan", { result: "failed", measured: 1, at }),
    "one whose scan failed": gate("scan", { result: "failed", at }),
    "a third party's that was not scanned": release({ thirdParty: true, gates: {} }),
  },
  passes: {
    "a clean one": release(),
    "as many as are allowed": { set: { maxCritical: 2 }, of: gate("scan", { result: "failed", measured: 2, at }) },
  },
});

table(documented, {
  refuses: {
    "no commit": release({ commit: undefined }),
    "no author": release({ author: undefined }),
    "no document": release({ changeDocument: undefined }),
  },
  passes: { "all three": release() },
});

table(rollbackPlan, {
  refuses: { "no plan [AV-75]": release({ rollbackPlan: undefined }) },
  passes: { "a plan": release() },
});

table(approved, {
  refuses: {
    nobody: release({ approvals: [] }),
    "its author": release({ approvals: [{ by: " ann ", at }] }),
    "a bot": release({ approvals: [{ by: "dependabot[bot]", at }] }),
    "one where two are asked": { set: { approvals: 2 }, of: release() },
    "the same person twice": {
      set: { approvals: 2 },
      of: release({
        approvals: [
          { by: "Bob", at },
          { by: "bob", at },
        ],
      }),
    },
  },
  passes: { "somebody else": release() },
});

table(openWindow, {
  refuses: {
    "Friday at 15:00 in Paris": on("2026-11-20T14:00:00Z"),
    "Friday at 15:00 in summer": on("2026-07-17T13:00:00Z"),
    "the last minute of Friday": on("2026-11-20T22:59:59Z"),
    "a day that somebody has closed": { set: { closed: [{ day: "monday" }] }, of: release() },
    "Friday at 15:00 with what production runs already, whatever else it changes": release(
      {},
      { images: [image(good, { inProduction: "last" })], now: new Date("2026-11-20T14:00:00Z") },
    ),
    "by another clock": { set: { timeZone: "Asia/Tokyo" }, of: on("2026-11-20T06:00:00Z") },
  },
  passes: {
    Monday: release(),
    "Friday at 14:59 in Paris": on("2026-11-20T13:59:59Z"),
    "Friday at 14:59 in summer": on("2026-07-17T12:59:00Z"),
    "Saturday's first minute": on("2026-11-20T23:00:00Z"),
    "going back on Friday evening": rollback({ now: new Date("2026-11-20T18:00:00Z") }),
  },
});

table(byPipeline, {
  refuses: { "a release by hand": release() },
  passes: { "one by CI": release({}, { pipeline: "GitHub Actions" }) },
});

table(promotedFlags, {
  refuses: {
    "a flag that was off in staging": release({}, { flags: { search: true } }),
    "one where staging's are not on record": release({ verified: { staging: { at } } }, { flags: { checkout: true } }),
  },
  passes: {
    "a flag that was on in staging": release({}, { flags: { checkout: true } }),
    "one that is off": release({}, { flags: { search: false } }),
  },
});
