import assert from "node:assert/strict";
import { isWhole, record } from "../../proof.ts";
import { describeAtEdge, type Machine } from "../machine.ts";
import { throughTraefik } from "./release/door.ts";
import { Prometheus } from "./release/prometheus.ts";
import { type Released, ReleasingSystem } from "./release/releasingSystem.ts";
import { Shared } from "./release/shared.ts";

const atLeast = isWhole("releases") ? 3_000 : 300;
const steps = [10, 50, 100].map((weight) => ({ weight, seconds: 15 }));
const ofRelease = 'pod=~"api-{{release}}-.*"';
const errors = (all: string) => `sum(rate(http_requests_total{${all},status=~"5.."}[10s]))`;
/** As `docs/releases.md` has it, but for the seconds: where nothing fails, there is no series of it. */
const errorPercent = `100 * (${errors(ofRelease)} or vector(0)) / sum(rate(http_requests_total{${ofRelease}}[10s]))`;
const latencySeconds = `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{${ofRelease}}[10s])))`;

describeAtEdge("a canary that a real Prometheus judges, at a hundred requests a second", function (machine, ports) {
  this.timeout("9m");
  judged(machine, ports);
});

function judged(machine: Machine, ports: { http: number }): void {
  const system = new ReleasingSystem(machine, ["pr-76", "pr-77"], throughTraefik("gateway", ports));
  let prometheus: Prometheus;
  before("up, as a canary, and Prometheus", async () => {
    await system.make({ canary: { steps } });
    prometheus = await Prometheus.start(machine, system.trial.namespace, 3000);
  });
  after(() => prometheus?.stop());
  after(() => system.drop());

  function canary(query = errorPercent) {
    const asked = { url: prometheus.url, errorPercent: query, latencySeconds };
    return { canary: { smokeSeconds: 5, steps, analysis: { errorPercent: 5, latency: "1s", prometheus: asked } } };
  }

  async function released(what: string, version: "second" | "third" | "flaky", query?: string) {
    const shared = new Shared(() => system.shares());
    const run = system.release(version, canary(query), atLeast, (at, body) => shared.hear(at, body));
    const result = await shared.during(run);
    note(what, result, shared.told(`api-${system.slot(version)}`, version));
    return { ...result, shared };
  }

  function note(what: string, { outcome, seconds, code }: Released, shares: string): void {
    record("A canary judged by Prometheus, under load", {
      what,
      requests: outcome.sent,
      failed: Object.entries(outcome.failed)
        .map(([how, at]) => `${at.length} ${how}`)
        .join("; "),
      "share measured %": shares,
      "release s": Math.round(seconds),
      ends: code === 0 ? "released" : "not released",
    });
  }

  it("lets a good one pass by the figures of its own requests [AV-66 AV-84]", async () => {
    const { code, output, outcome } = await released("a good version", "second");
    assert.equal(code, 0, output);
    assert.deepEqual(outcome.failed, {}, output);
    assert.match(output, /has 10 %: 0 % of requests failed \(5 % at most\), 95 % within \d+ ms \(1s at most\)/);
    assert.equal(await system.serving(), "second");
  });

  it("takes all requests back from one that fails a part of them, and tells query and answer [AV-33 AV-66 AV-83]", async () => {
    const { code, output, shared, outcome } = await released("one that fails every fourth request", "flaky");
    assert.notEqual(code, 0, output);
    assert.match(
      output,
      /all traffic is back at \S+\. Cause: under 10 %.*: 2\d(\.\d+)? % of requests failed \(5 % at most\)/,
    );
    assert.match(
      output,
      /the query 100 \* \(sum\(rate\(http_requests_total\{pod=~"api-[0-9a-f]{8}-\.\*",.* was answered 200: .*"result"/,
    );
    const back = shared.backAt(`api-${system.slot("flaky")}`);
    assert.deepEqual(
      shared.answersOf("flaky").filter((at) => at > back + 1000),
      [],
    );
    // A part of a tenth, until it was seen.
    const lost = Object.values(outcome.failed).reduce((sum, at) => sum + at.length, 0);
    assert.ok(lost > 0 && lost <= outcome.sent * 0.02, `${lost} of ${outcome.sent}`);
    assert.equal(await system.serving(), "second");
  });

  it("lets none pass of which nothing is measured, by a query that has no answer where nothing fails", async () => {
    const without = `100 * ${errors(ofRelease)} / sum(rate(http_requests_total{${ofRelease}}[10s]))`;
    const { code, output, outcome } = await released("a query without an answer", "third", without);
    assert.notEqual(code, 0, output);
    assert.deepEqual(outcome.failed, {}, output);
    assert.match(output, /Cause: under 10 %.*nothing was measured: the query .*"result":\[\]/);
    assert.equal(await system.serving(), "second");
  });
}
