import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { load } from "./load.ts";
import { percentiles } from "./percentiles.ts";

describe("the load of the tests", () => {
  let asked = 0;
  const server = createServer((_request, answer) => {
    asked++;
    if (asked % 10 === 0) return void answer.destroy();
    if (asked % 10 === 1) answer.statusCode = 503;
    setTimeout(() => answer.end("answered"), 20);
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  before((done) => void server.listen(0, "127.0.0.1", done));
  after((done) => void server.close(done));

  it("counts every request by its connection and what became of it, and goes on until there are enough", async () => {
    const { outcome, result } = await load(url(), async () => "changed", 100);
    assert.equal(result, "changed");
    assert.ok(outcome.sent >= 100 && outcome.sent === asked, `${outcome.sent} sent, ${asked} asked`);
    const { kept, new: made } = outcome.counts;
    const total = [kept, made].flatMap((counts) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
    assert.equal(total, outcome.sent);
    assert.ok(kept["200"]! > 20 && made["200"]! > 20, JSON.stringify(outcome.counts));
    const failed = Object.values(outcome.failed).flat().length;
    assert.equal(failed, total - kept["200"]! - made["200"]!);
    assert.deepEqual([...new Set(Object.keys(outcome.failed).map((what) => what.split(",")[0]))].sort(), [
      "503",
      "ECONNRESET",
    ]);
    assert.ok(outcome.milliseconds.p50 >= 20);
  });

  it("goes nowhere but to this machine", () =>
    assert.rejects(
      load("http://192.0.2.1/", async () => undefined),
      /127\.0\.0\.1 only, not to http:\/\/192\.0\.2\.1/,
    ));

  it("says which value so many in a hundred stay under", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual(percentiles(hundred), { p50: 50, p95: 95, p99: 99 });
    assert.deepEqual(percentiles([7]), { p50: 7, p95: 7, p99: 7 });
    assert.deepEqual(percentiles([]), { p50: 0, p95: 0, p99: 0 });
  });
});
