import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unanswered } from "../../../cli/verify/found.ts";
import { verify } from "../../../cli/verify/verify.ts";
import { ran } from "../ran.ts";
import { RecordTrial } from "../record/recordTrial.ts";
import { type Answers, json, Site } from "./site.ts";

const well = json(200, { status: "healthy" });
const page = json(200, {});

describe("palier verify", () => {
  const sites: Site[] = [];
  let trial: RecordTrial;
  beforeEach(async () => {
    trial = new RecordTrial();
    await trial.run("add", ["--gate", "tests=passed"]);
  });
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.stop();
  });

  async function site(answers: Answers): Promise<Site> {
    const one = new Site(answers);
    sites.push(one);
    await one.start();
    return one;
  }
  /** An address at which somebody was, and nobody is. */
  async function nobody(): Promise<string> {
    const one = new Site({});
    const url = await one.start();
    await one.stop();
    return url;
  }
  const given = (url: string) => [
    ...["staging", "--url", url, "--health", "/health", "--image", trial.image],
    ...["--system", "shop", "--records", trial.folder, "--requests", "20", "--wait", "1ms"],
  ];
  const verified = async (answers: Answers, ...args: string[]) =>
    ran(async () => verify([...given((await site(answers)).url), ...args]));

  it("checks health, smoke, p95 and errors, and writes each into the record as a step [AV-78 AV-81 MQ-63 MQ-73 DP-63]", async () => {
    const { status, stdout } = await verified(
      { "/health": well, "/": page, "/login": page },
      "--smoke",
      "/",
      "--smoke",
      "/login",
    );
    equal(status, 0, stdout);
    match(stdout, /^✓ health: \/health answered 200, its body says "healthy"$/m);
    match(stdout, /^✓ smoke \/login: answered 200$/m);
    match(stdout, /^✓ p95: \d+ ms of 20 requests, and 2000 ms are allowed$/m);
    match(stdout, /^✓ error rate: 0 of 20 failed, and 1 % are allowed$/m);
    const { verified: where, checks } = trial.written();
    ok(where.staging);
    deepEqual(
      checks?.staging?.found.map(({ check, result }) => [check, result]),
      [
        ["health", "passed"],
        ["smoke /", "passed"],
        ["smoke /login", "passed"],
        ["p95", "passed"],
        ["error rate", "passed"],
      ],
    );
    equal((await trial.run("verify")).status, 0);
  });

  it("reads the body where the status is always 200, and takes an earlier word away [MP-106 MP-105 C-36]", async () => {
    equal((await verified({ "/health": json(200, { status: "ok", database: "ok" }) })).status, 0);
    const { status, stdout } = await verified({ "/health": json(200, { status: "degraded", database: "error" }) });
    equal(status, 1);
    match(stdout, /^✗ health: \/health answered 200, its body says "degraded"$/m);
    const { verified: where, checks } = trial.written();
    deepEqual([where.staging, checks?.staging?.result], [undefined, "failed"]);
    match((await trial.run("verify")).stderr, /it failed its checks in staging on \S+: health: \/health answered 200/);
  });

  it("takes a 503 for what it is, and sends nothing more to who is not well [AV-33 AV-53 AV-78]", async () => {
    const one = await site({ "/health": json(503, { status: "unhealthy", checks: { database: false } }) });
    const { status, stdout } = await ran(() => verify([...given(one.url), "--smoke", "/"]));
    equal(status, 1);
    match(stdout, /^✗ health: \/health answered 503, its body says "unhealthy"$/m);
    ok(
      one.asked.every((path) => path === "/health"),
      one.asked.join(),
    );
  });

  it("waits for who is not well yet", async () => {
    let asked = 0;
    const later = await site({ "/health": (...both) => (++asked < 3 ? json(503, {}) : well)(...both) });
    equal((await ran(() => verify([...given(later.url), "--wait", "20s"]))).status, 0);
    ok(asked >= 3);
  });

  it("fails a smoke path, a slow one, and too many errors, by the bounds that it was given [AV-78 AV-81 MQ-63 MQ-67]", async () => {
    let count = 0;
    const some: Answers[string] = (_, response) => void response.writeHead(count++ % 2 ? 500 : 200).end();
    const slow: Answers[string] = (_, response) => void setTimeout(() => response.end("late"), 60);
    const missing = await verified({ "/health": well }, "--smoke", "/gone");
    equal(missing.status, 1);
    match(missing.stdout, /^✗ smoke \/gone: answered 404$/m);
    const late = await verified({ "/health": well, "/slow": slow }, "--smoke", "/slow", "--p95", "20ms");
    match(late.stdout, /^✗ p95: \d+ ms of 20 requests, and 20 ms are allowed$/m);
    match(late.stdout, /^✓ error rate/m);
    const broken = await verified({ "/health": well, "/half": some }, "--smoke", "/half", "--error-rate", "10%");
    match(broken.stdout, /^✗ error rate: \d+ of 20 failed, and 10 % are allowed$/m);
    const allowed = await verified({ "/health": well, "/half": some }, "--smoke", "/half", "--error-rate", "60%");
    match(allowed.stdout, /^✓ error rate/m);
  });

  it("opens a WebSocket, and fails where none is opened [MQ-64]", async () => {
    match((await verified({ "/health": well }, "--websocket", "/live")).stdout, /^✓ websocket \/live: opened$/m);
    const { status, stdout } = await verified({ "/health": well }, "--websocket", "/dead");
    equal(status, 1);
    match(stdout, /^✗ websocket \/dead: answered 400, and 101 opens it$/m);
  });

  it("asks an Alertmanager whether it is quiet, and takes a sign of life for none [AV-79 MQ-67]", async () => {
    const alert = (alertname: string, severity: string) => ({ labels: { alertname, severity } });
    const firing = async (...alerts: object[]) => (await site({ "/am/api/v2/alerts": json(200, alerts) })).url;
    const asked = (url: string) => verified({ "/health": well }, "--alertmanager", `${url}/am`);
    match((await asked(await firing(alert("Watchdog", "none")))).stdout, /^✓ alerts: quiet$/m);
    const { status, stdout } = await asked(await firing(alert("ErrorsHigh", "critical")));
    equal(status, 1);
    match(stdout, /^✗ alerts: firing: ErrorsHigh$/m);
    match((await asked((await site({})).url)).stdout, /^✗ alerts: the Alertmanager answered 404$/m);
    match((await asked(await nobody())).stdout, /^✗ alerts: the Alertmanager can't be reached \(\w+\)$/m);
  });

  it("finds errors in logs, by word and by pino's number, and shows none of them [AV-80 MQ-66]", async () => {
    const logs = (...lines: string[]) => {
      const file = join(trial.folder, "logs");
      writeFileSync(file, `${lines.join("\n")}\n`);
      return verified({ "/health": well }, "--logs", file);
    };
    const fine = ['{"level":"info","message":"hush"}', '{"level":30,"msg":"error"}', "plain text"];
    match((await logs(...fine)).stdout, /^✓ logs: 0 errors in 3 lines$/m);
    const { status, stdout } = await logs(...fine, '{"level":50,"msg":"hush"}', '{"level":"fatal"}');
    equal(status, 1);
    match(stdout, /^✗ logs: 2 errors in 5 lines, the first in line 4$/m);
    ok(!stdout.includes("hush"));
  });

  it("fails where nothing answers, and where it answers too late", async () => {
    const away = await nobody();
    const { status, stdout } = await ran(() => verify(given(away)));
    equal(status, 1);
    match(stdout, /^✗ health: \/health can't be reached \(\w+\)$/m);
    const silent = await verified({ "/health": () => {} }, "--timeout", "50ms");
    match(silent.stdout, /^✗ health: \/health no answer in time$/m);
  });

  it("changes a signed record with its key alone, and asks for a record before it asks anything else", async () => {
    const { privateFile, publicFile } = trial.keys();
    await trial.run("sign", ["--key", privateFile]);
    const closed = await site({ "/health": well });
    const { stderr: signed } = await ran(() => verify(given(closed.url)));
    match(signed, /the record is signed, and can only be changed with its key/);
    deepEqual(closed.asked, []);
    equal((await verified({ "/health": well }, "--sign", privateFile)).status, 0);
    equal((await trial.run("verify", ["--public-key", publicFile])).status, 0);
    const one = await site({ "/health": well });
    const other = trial.image.replaceAll("a".repeat(64), "b".repeat(64));
    const { status, stderr } = await ran(() => verify([...given(one.url), "--image", other]));
    equal(status, 2);
    match(stderr, /there is no record of registry\.example\/shop\/api@sha256:b+ in \S+: palier record add begins one/);
    deepEqual(one.asked, []);
  });

  for (const [what, args, says] of [
    [
      "a p95 without its unit",
      ["--p95", "200"],
      /--p95 "200"\. Allowed: a time with its unit, such as 200ms, 2s or 1m/,
    ],
    ["a p95 of percent", ["--p95", "5%"], /--p95 "5%"\. Allowed: a time/],
    ["a p95 of nothing", ["--p95", "0ms"], /--p95 "0ms"/],
    ["an error rate of time", ["--error-rate", "1s"], /--error-rate "1s"\. Allowed: a percentage with its sign/],
    ["an error rate without its sign", ["--error-rate", "0.01"], /--error-rate "0\.01"\. Allowed: a percentage/],
    ["an error rate over all", ["--error-rate", "101%"], /from 0% to 100%/],
    [
      "requests with a unit",
      ["--requests", "10s"],
      /--requests "10s"\. Allowed: a whole number from 1 to 10000, without a unit/,
    ],
    ["requests without bound", ["--requests", "10001"], /from 1 to 10000/],
    ["a path that is none", ["--smoke", "login"], /--smoke "login"\. Allowed: a path that begins with one \//],
    ["a path to another host", ["--smoke", "//evil.example"], /--smoke/],
    ["an address that is none", ["--url", "shop.example"], /--url is no address of http or https/],
    [
      "an address of another kind",
      ["--alertmanager", "ftp://a.example"],
      /--alertmanager is no address of http or https/,
    ],
    ["a tag for a digest", ["--image", "shop:1.0"], /--image "shop:1\.0" is no reference with its digest/],
    ["two environments", ["production"], /name one environment/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { status, stderr } = await ran(() => verify([...given("http://127.0.0.1:1"), ...args]));
      equal(status, 2);
      match(stderr, says);
    });
  }

  for (const [option, address, says] of [
    ["--url", "https://me:s3cret@shop.example", /--url has a name or a password in its address/],
    ["--url", "https://s3cret@shop.example", /--url has a name or a password/],
    ["--url", "https://me:s3cret@shop.example:123456", /--url has a name or a password/],
    ["--url", "me:s3cret@shop.example", /--url is no address of http or https/],
    ["--alertmanager", "http://me:s3cret@alerts.example", /--alertmanager has a name or a password/],
    ["--alertmanager", "ftp://me:s3cret@alerts.example", /--alertmanager has a name or a password/],
    ["--smoke", "https://me:s3cret@shop.example/login", /--smoke has a name or a password/],
    ["--run", "https://me:s3cret@ci.example/1", /--run has a name or a password/],
  ] as const) {
    it(`takes no password in ${option}: ${address}`, async () => {
      const before = readFileSync(trial.file, "utf8");
      const { status, stdout, stderr } = await ran(() => verify([...given("http://127.0.0.1:1"), option, address]));
      deepEqual([status, stdout], [2, ""]);
      match(stderr, says);
      doesNotMatch(stderr, /s3cret/);
      equal(readFileSync(trial.file, "utf8"), before);
    });
  }

  it("tells no password of an address that a message of fetch holds", () => {
    const told = unanswered(new TypeError("cross origin not allowed: https://me:s3cret@shop.example/x and //s3cret@y"));
    equal(told, "can't be reached (cross origin not allowed: https://shop.example/x and //y)");
  });

  it("refuses a name that stands for no environment", async () => {
    const { stderr } = await ran(() => verify(["moon"]));
    match(stderr, /"moon" stands for no environment/);
  });
}).timeout(60_000);
