import { deepEqual, equal, match } from "node:assert/strict";
import { reviewDown } from "../../../cli/review/down.ts";
import { reviewList } from "../../../cli/review/list.ts";
import { reviewSweep } from "../../../cli/review/sweep.ts";
import { ReviewTrial } from "./reviewTrial.ts";

const now = new Date("2026-11-23T10:00:00.000Z");
const review = (number: number, expires: string) => ({
  tags: { "palier:review": String(number), "palier:expires": expires },
  resources: 12,
});
const over = "2026-11-23T09:59:59.000Z";
const later = "2026-11-25T10:00:00.000Z";

describe("palier review list, sweep and down", function () {
  this.timeout(120_000);
  let trial: ReviewTrial;
  beforeEach(() => {
    trial = new ReviewTrial({
      dev: { tags: { "palier:expires": over }, resources: 40 },
      "pr-3": { tags: {}, resources: 7 },
      "pr-2": review(2, later),
      "pr-1": review(1, over),
    });
  });
  const sweep = (args: string[] = [], env?: Record<string, string>) => trial.run(reviewSweep, now, args, env);

  it("takes away the expired one with all that it has, and says what it leaves, and why [MQ-80]", async () => {
    const { status, stdout, stderr } = await sweep();
    deepEqual([status, stderr], [0, ""]);
    deepEqual(stdout.trim().split("\n"), [
      `pr-1: ended ${over}: removed, with 12 resources`,
      `pr-2: ends ${later}, in 2 days: left`,
      "pr-3: no palier review up made it: left",
      "1 removed, 2 left, 0 could not be removed.",
    ]);
    deepEqual(trial.asked(), ["destroy --yes --skip-preview --remove --stack pr-1"]);
    deepEqual(Object.keys(trial.stacks()).sort(), ["dev", "pr-2", "pr-3"]);
  });

  it("removes nothing with --plan, and says the same", async () => {
    const { status, stdout } = await sweep(["--plan"]);
    equal(status, 0);
    match(stdout, /pr-1: ended .*: would be removed, with 12 resources\n/);
    deepEqual(trial.asked(), []);
  });

  it("says which it could not remove, goes on with the others, and exits 1", async () => {
    trial.write(
      "state.json",
      JSON.stringify({ "pr-1": review(1, over), "pr-2": review(2, over), "pr-4": review(4, "soon") }),
    );
    const { status, stdout, stderr } = await sweep([], { STAND_IN_FAILS: "pr-1" });
    equal(status, 1);
    match(stderr, /palier: pr-1: ended .*: could not be removed: error: Preview failed: the cluster can't be reached/);
    match(stderr, /palier: pr-4: its tag palier:expires "soon" is no time: left/);
    match(stdout, /pr-2: ended .*: removed[\s\S]*1 removed, 0 left, 2 could not be removed/);
  });

  it("asks again right before each removal, and leaves what was renewed or given another use meanwhile", async () => {
    trial.write(
      "state.json",
      JSON.stringify(Object.fromEntries([1, 2, 3, 4].map((n) => [`pr-${n}`, review(n, over)]))),
    );
    // While the first is destroyed, which takes minutes:
    const meanwhile = { "pr-2": review(2, later), "pr-3": { tags: {}, resources: 12 }, "pr-4": {} };
    const { status, stdout, stderr } = await sweep([], { STAND_IN_MEANWHILE: JSON.stringify(meanwhile) });
    equal(status, 1);
    deepEqual(stdout.trim().split("\n"), [
      `pr-1: ended ${over}: removed, with 12 resources`,
      `pr-2: ended ${over}, but was renewed meanwhile and ends ${later}: left`,
      `pr-3: ended ${over}, but is no review any more: left`,
      "1 removed, 2 left, 1 could not be removed.",
    ]);
    match(stderr, /palier: pr-4: ended .*: could not be removed: pulumi stack tag: error: no stack named 'pr-4' found/);
    deepEqual(trial.asked(), ["destroy --yes --skip-preview --remove --stack pr-1"]);
    deepEqual(Object.keys(trial.stacks()).sort(), ["pr-2", "pr-3"]);
  });

  it("lists them, with what only looks like one", async () => {
    const { status, stdout, stderr } = await trial.run(reviewList, now, []);
    equal(status, 0);
    match(stdout, /^pr-1 +2026-11-23T09:59:59\.000Z +over for 0 minutes +12$/m);
    match(stdout, /^pr-2 +2026-11-25T10:00:00\.000Z +in 2 days +12$/m);
    match(stderr, /pr-3 is named as a review is, and no palier review up made it/);
    const { stdout: json } = await trial.run(reviewList, now, ["--json"]);
    deepEqual(JSON.parse(json)[0], { stack: "pr-1", number: 1, expires: over, resources: 12 });
    trial.write("state.json", "{}");
    match((await trial.run(reviewList, now, [])).stdout, /There is no review/);
  });

  it("takes one away whenever it ends, and none that no review up made", async () => {
    match((await trial.run(reviewDown, now, ["2", "--plan"])).stdout, /pr-2: would be removed/);
    const { status, stdout } = await trial.run(reviewDown, now, ["2"]);
    deepEqual([status, stdout], [0, "pr-2: removed, with 12 resources.\n"]);
    match((await trial.run(reviewDown, now, ["2"])).stdout, /pr-2 is not there/);
    const refused = await trial.run(reviewDown, now, ["3"]);
    equal(refused.status, 2);
    match(refused.stderr, /pr-3 was made by no palier review up/);
    const failed = await trial.run(reviewDown, now, ["1"], { STAND_IN_FAILS: "pr-1" });
    equal(failed.status, 1);
    match(failed.stderr, /pr-1 could not be removed: error: Preview failed/);
  });

  it("refuses what can't be read", async () => {
    for (const [command, args, says] of [
      [reviewDown, ["x"], /NUMBER "x" is no number/],
      [reviewSweep, ["12"], /nothing is named here/],
      [reviewList, ["12"], /nothing is named here/],
      [reviewSweep, ["--all"], /See palier review sweep --help/],
    ] as const) {
      const { status, stderr } = await trial.run(command, now, [...args]);
      equal(status, 2);
      match(stderr, says);
    }
  });
});
