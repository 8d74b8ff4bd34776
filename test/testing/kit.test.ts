import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { type Rendered, reaches, refusals, render, survivesDrain } from "../../testing.ts";
import { images } from "../avnir.ts";

const projects = join(import.meta.dirname, "../render/projects");

describe("the test kit", () => {
  let net: Rendered;
  let avnir: Rendered;

  before(async function () {
    this.timeout("1m");
    const config = { "avnir:images": images };
    [net, avnir] = await Promise.all([
      render({ project: join(projects, "net"), stack: "staging" }),
      render({ stack: "staging", config }),
    ]);
  });

  const ways: [string, string, number, boolean, string][] = [
    ["api", "db", 5432, true, "out of the one and into the other"],
    ["api", "db", 9005, true, "a port within a range"],
    ["api", "db", 6432, false, "another port"],
    ["api", "db", 53, false, "UDP only"],
    ["api", "cache", 6379, false, "in, but not out"],
    ["db", "api", 3000, false, "the other way"],
    ["monitor", "cache", 6379, true, "a namespace that is let in by its label"],
    ["monitor", "db", 5432, false, "another namespace"],
    ["api", "monitor", 9090, false, "out of a closed namespace"],
  ];
  for (const [from, to, port, expected, why] of ways) {
    it(`says that ${from} ${expected ? "reaches" : "can't reach"} ${to} on ${port}: ${why}`, () => {
      equal(reaches(net, from, to, port), expected);
    });
  }

  it("tells who survives a drain: not one whose budget lets none go, or all", () => {
    const names = ["api", "db", "cache"];
    deepEqual(
      names.map((name) => survivesDrain(net, name)),
      [true, false, false],
    );
    equal(survivesDrain(net, "monitor"), false);
  });

  it("names the workloads that there are, where one isn't", () => {
    throws(() => reaches(net, "web", "db", 5432), /no workload "web"; there: api, cache, db, monitor$/);
    throws(() => net.object("Deployment", "web"), /no Deployment "web" in staging; there: api, cache, db, monitor$/);
  });

  it("holds the flagship's promises: who is linked reaches, who isn't can't, a drain leaves it up", () => {
    ok(reaches(avnir, "api", "db", 5432));
    ok(reaches(avnir, "api", "cache", 6379));
    ok(!reaches(avnir, "cache", "db", 5432));
    ok(survivesDrain(avnir, "api"));
    deepEqual(avnir.secretsInClear(), []);
  });

  it("runs the pack: it lets the flagship pass, and refuses what breaks a rule", () => {
    deepEqual(refusals(avnir), []);
    match(refusals(net).join("\n"), /^immutable-image-tag: Deployment "api"/m);
    deepEqual(
      refusals(net, { "immutable-image-tag": { levels: "off" } }).filter((line) =>
        line.startsWith("immutable-image-tag"),
      ),
      [],
    );
    throws(() => refusals(net, { "no-such-rule": "disabled" }), /no-such-rule/);
  });

  it("judges a stack by what the project's own name of it means [AV-13 C-65]", async () => {
    const project = join(projects, "renamed");
    const [qa, canary] = await Promise.all([render({ project, stack: "qa" }), render({ project, stack: "canary" })]);
    deepEqual([qa.stage, canary.stage], ["staging", "dev"]);
    match(refusals(qa).join("\n"), /^no-open-cors: /m);
    deepEqual(refusals(canary), []);
  }).timeout("1m");
});
