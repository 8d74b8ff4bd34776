import assert from "node:assert/strict";
import { isWhole, record } from "../../proof.ts";
import { describeOnNode } from "../machine.ts";
import { changes } from "./rollout/changes.ts";
import { lives } from "./rollout/lives.ts";
import { probes } from "./rollout/probes.ts";
import { RollingSystem } from "./rollout/rollingSystem.ts";
import type { Row } from "./rollout/row.ts";
import { run, type Seen } from "./rollout/run.ts";
import { scaled } from "./rollout/scaling.ts";
import { troubles } from "./rollout/troubles.ts";
import { versions } from "./rollout/versions.ts";

const whole = isWhole("rollouts");
const rows = [...versions, ...lives, ...probes, ...changes, ...troubles].filter(({ short }) => whole || short);

describeOnNode("a rolling update, at a hundred requests a second", function (machine) {
  this.timeout("12m");
  const system = new RollingSystem(machine, whole ? 90 : 20);
  before("up with two replicas, and images to release", () => system.make());
  after(() => system.drop());

  for (const row of rows) {
    it(`${promise(row)}: ${row.name}${row.proves ? ` [${row.proves}]` : ""}`, async () => {
      const seen = await run(system, row, whole ? (row.atLeast ?? 6_000) : 300);
      record("A rolling update under load", { change: row.name, ...columns(seen) });
      if (row.says) assert.match(seen.output, row.says);
      assert.equal(seen.code === 0, !row.says, seen.output);
      judge(row, seen);
    });
  }

  if (whole) {
    it("goes to four replicas under load and back to two after it, and answers every request [AV-90 DP-84]", async () => {
      for (const { replicas, seconds, outcome } of await scaled(system)) {
        const { sent, failed } = outcome;
        record("The autoscaler of an app", {
          replicas,
          ...{
            seconds: Math.round(seconds),
            requests: sent,
            failed: failures(failed),
            "failed what": lost({ outcome }),
          },
        });
        assert.deepEqual(failed, {});
      }
    });
  }
});

function promise({ loses, says }: Row): string {
  if (loses === "some") return "loses requests: the load sees what there is to see";
  if (loses === "a pod's") return "loses at most what one pod had, for a moment";
  if (loses === "a moment's") return "loses new connections for a moment at most";
  return says ? "stops, says the reason, and the old version answers every request" : "answers every request";
}

function columns({ outcome, held, ups, seconds }: Seen) {
  const { p50, p95, p99 } = outcome.milliseconds;
  return {
    requests: outcome.sent,
    failed: failures(outcome.failed),
    "failed what": lost({ outcome, held }),
    "held open": held ? `${held.answered} long answers, ${held.moved} WebSockets moved` : "",
    ...{ "p50 ms": p50, "p95 ms": p95, "p99 ms": p99, ups, "release s": Math.round(seconds) },
  };
}

/** What was lost, in words. */
function lost({ outcome, held }: Pick<Seen, "outcome" | "held">): string {
  const what = [
    ...Object.entries(outcome.failed).map(([what, seconds]) => `${seconds.length} ${what}`),
    ...Object.entries(held?.failed ?? {}).map(([what, count]) => `${count} ${what}`),
  ];
  return what.join("; ");
}

const failures = (failed: Failed) => Object.values(failed).flat().length;

type Failed = Seen["outcome"]["failed"];

const allowed: Record<"a pod's" | "a moment's", (failed: Failed, sent: number) => boolean> = {
  "a pod's": (failed, sent) => failures(failed) <= sent / 100 && worstSecond(failed) < 100,
  "a moment's": (failed) => {
    const seconds = Object.values(failed).flat();
    return Object.keys(failed).every((what) => /new/.test(what)) && Math.max(...seconds) - Math.min(...seconds) < 5;
  },
};

/** Most failures among the hundred requests of one second. */
function worstSecond(failed: Failed): number {
  const seconds = Object.values(failed).flat().map(Math.floor);
  return Math.max(0, ...Object.values(Object.groupBy(seconds, String)).map((all) => all!.length));
}

function judge({ loses = "nothing", heldSeconds }: Row, { outcome, held }: Seen): void {
  const { sent, failed } = outcome;
  if (loses === "some") assert.notEqual(lost({ outcome, held }), "");
  else if (loses === "nothing") assert.equal(lost({ outcome, held }), "");
  else assert.ok(allowed[loses](failed, sent), JSON.stringify(failed));
  if (heldSeconds && loses === "nothing") assert.ok(held!.answered > 0 && held!.moved > 0, JSON.stringify(held));
}
