import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { FakeApi } from "../../core/cluster/fakeApi.ts";
import { json, Site } from "../verify/site.ts";
import { workflowOf } from "./files.ts";
import { Sandbox } from "./sandbox.ts";

const image = (letter: string) => `registry.example/avnir/api@sha256:${letter.repeat(64)}`;

describe("the shell of AVNIR's pipeline, run step by step", function () {
  this.timeout("10m");
  const workflow = workflowOf("avnir");
  const told: string[] = [];
  const post =
    (name: string): RequestListener =>
    async (request, response) => {
      told.push(`${name}: ${await text(request)}`);
      response.writeHead(away.has(name) ? 500 : 200).end();
    };
  const page = json(200, {});
  let sick = new Set<string>();
  /** Who of those that are told answers 500. */
  let away = new Set<string>();
  let sandbox: Sandbox;
  let begun: string;
  let cluster: FakeApi;
  /** What the cluster keeps of the app's good releases. */
  let history: object[] = [];
  const kept = () => {
    const annotations = { "palier.dev/image": image("b") };
    const metadata = { name: "api-releases", labels: { "app.kubernetes.io/name": "api" }, annotations };
    return history.length > 0 ? [{ metadata, data: { history: JSON.stringify(history) } }] : [];
  };
  const health: RequestListener = (...both) =>
    (sick.has(sandbox.runs("production") ?? "")
      ? json(503, { status: "unhealthy" })
      : json(200, { status: "healthy" }))(...both);
  const around = new Site({
    "/slack": post("slack"),
    "/pagerduty": post("pagerduty"),
    "/api/v2/alerts": json(200, []),
  });
  const staging = new Site({ "/api/health": json(200, { status: "healthy" }), "/": page });
  const production = new Site({ "/api/health": health, "/": page });

  before(async () => {
    const [url] = await Promise.all([around.start(), staging.start(), production.start()]);
    cluster = await new FakeApi(({ path }) => ({
      body: { items: path.endsWith("/configmaps") ? kept() : [] },
    })).start();
    sandbox = new Sandbox(
      { staging: staging.url, production: production.url },
      {
        "vars.ALERTMANAGER_URL": url!,
        "secrets.SLACK_WEBHOOK": `${url}/slack`,
        "secrets.PAGERDUTY_WEBHOOK": `${url}/pagerduty`,
        "secrets.KUBECONFIG_DATA": Buffer.from(cluster.kubeconfig).toString("base64"),
      },
    );
    begun = join(sandbox.work, "begun.txt");
  });
  after(() => Promise.all([around, staging, production, cluster].map((site) => site.stop())));

  async function run(...ids: string[]): Promise<{ failed?: string; output: string }> {
    let last: { failed?: string; output: string } = { output: "" };
    for (const id of ids) {
      last = await sandbox.job(workflow, id);
      if (last.failed) break;
    }
    return last;
  }

  it("tests, builds once, proves in staging, promotes, verifies and tells the team [AV-04 AV-78 AV-79 DP-08]", async () => {
    sandbox.commit(image("a"));
    const { failed, output } = await run("test", "build", "staging", "production");
    equal(failed, undefined, output);
    deepEqual([sandbox.runs("staging"), sandbox.runs("production")], [image("a"), image("a")]);
    match(sandbox.asked, /^trivy image --exit-code 1 --severity CRITICAL .*\n(?:.*\n)*?docker push /m);
    equal(sandbox.asked.match(/^docker build/gm)?.length, 1);
    match(told.at(-1)!, /^slack: \{"text": "avnir: [0-9a-f]{40} is in production"\}$/);
    match(sandbox.git("log", "--format=%s", "origin/release-records"), /^Record [0-9a-f]{40}$/m);
  });

  it("leaves a good release alone where nobody could be told of it, and fails no step for that", async () => {
    away = new Set(["slack"]);
    sandbox.commit(image("d"));
    const { failed, output } = await run("test", "build", "staging", "production");
    away = new Set();
    equal(failed, undefined, output);
    match(output, /the team was not told/);
    equal(sandbox.runs("production"), image("d"));
    match(told.at(-1)!, /^slack: .* is in production/);
    equal(existsSync(begun), false, "nor does anything that fails later go back, as GitLab's job of its own would");
  });

  it("goes back by itself where production is not well afterwards, checks again after 30 s, and tells the team [AV-66 AV-67 AV-68 AV-69 AV-83 MQ-11 YO-35]", async () => {
    sandbox.commit(image("b"));
    sick = new Set([image("b")]);
    const { failed, output } = await run("test", "build", "staging", "production");
    equal(failed, "verify", output);
    equal(sandbox.runs("production"), image("d"));
    match(sandbox.asked, /sleep 30\n/);
    match(sandbox.asked, /config set --stack production palier:rolledBack d{8}\n/, "no migration of it runs again");
    equal(existsSync(begun), true, "what was begun was not found good");
    match(told.at(-1)!, /^slack: .*Automatic rollback completed\. avnir: production is back/);
  });

  it("is back, and says so, where the team could not be told of the return", async () => {
    away = new Set(["slack"]);
    const { failed, output } = await run("production");
    away = new Set();
    equal(failed, "verify", output);
    match(output, /the team was not told/);
    doesNotMatch(output, /nobody was woken/);
    equal(sandbox.runs("production"), image("d"));
  });

  it("brings nothing back below a contraction, and wakes who is on call", async () => {
    const good = (letter: string) => ({
      release: letter.repeat(8),
      image: image(letter),
      at: "2026-11-23T09:00:00.000Z",
    });
    history = [good("d"), { ...good("b"), contract: true }];
    const { failed, output } = await run("production");
    history = [];
    equal(failed, "verify", output);
    match(output, /api: the migration of b{8} .* took away what d{8} needs/);
    equal(sandbox.runs("production"), image("b"));
    match(told.at(-1)!, /^pagerduty: .*the way back failed, manual intervention required/);
  });

  it("wakes who is on call where the way back fails too [AV-70]", async () => {
    sick = new Set([image("d"), image("b")]);
    const { failed } = await run("production");
    equal(failed, "verify");
    match(told.at(-1)!, /^pagerduty: .*"incident_key": "rollback_failed".*manual intervention required/);
  });

  it("leaves production alone, and tells of no rollback, where the gate refuses", async () => {
    sick = new Set();
    sandbox.commit(image("c"));
    const before = told.length;
    await run("test", "build");
    const running = sandbox.runs("production");
    const { failed, output } = await run("production");
    equal(failed, "promote", output);
    match(output, /never in staging[\s\S]*production was not touched/);
    deepEqual([sandbox.runs("production"), told.length], [running, before]);
    ok(running);
  });
});
