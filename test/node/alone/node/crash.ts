import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isWhole, record } from "../../../proof.ts";
import { AvnirTrial } from "../../avnir-trial.ts";
import { eventually } from "../../eventually.ts";
import { hostState } from "../../hostState.ts";
import { describeOnNode } from "../../machine.ts";
import { OwnNode } from "../../ownNode.ts";
import { ask, type Place, stores, Writer } from "./store.ts";

const whole = isWhole("node");
const runs = whole ? 10 : 1;
const table =
  "The whole cluster killed under writes (the kernel lives on, and its page cache: a power cut is not tried)";
const without = (all: Set<number>, these: Set<number>) => [...all].filter((one) => !these.has(one));

describeOnNode("kill -9 of the whole cluster under writes", function (machine) {
  this.timeout("5m");
  const trial = new AvnirTrial(machine, "pr-11");
  const place: Place = { machine, namespace: trial.namespace };
  const kept = { rows: new Set<number>(), entries: new Set<number>() };
  let node: OwnNode;
  let writers = 0;

  before("up, with a database, a queue and a cache", async () => {
    node = await OwnNode.of(machine);
    await node.start();
    await trial.init("dev", { main: join(import.meta.dirname, "system.ts") });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    await ask(place, stores.rows, "CREATE TABLE written (id bigint PRIMARY KEY);");
  });
  after(() => trial.drop());

  /** What is named after the node; its cgroups, empty now, wait for `npm stop` or the next start. */
  const leftovers = () =>
    hostState(node.debian).filter(
      (line) => !line.startsWith("cgroup") && [machine.context, machine.home].some((name) => line.includes(name)),
    );
  const write = (name: keyof typeof stores) => new Writer(place, stores[name], ++writers * 1_000_000);
  const read = async (name: keyof typeof stores) =>
    new Set((await eventually(() => ask(place, stores[name], stores[name].read), 200)).map(Number));

  for (let run = 1; run <= runs; run++) {
    const everything = run % 2 === 1;
    it(`loses no acknowledged row or queue entry, run ${run}`, async () => {
      const clients = {
        rows: [write("rows"), write("rows"), write("rows")],
        entries: [write("entries"), write("entries")],
      };
      const cached = write("cached");
      const all = [...clients.rows, ...clients.entries, cached];
      await eventually(async () => all.every(({ acknowledged }) => acknowledged.length > 50) || undefined, 100);
      await sleep(((run * 7919) % 40) * 100);
      await (everything ? node.kill() : node.killInside());
      const since = Date.now();
      if (everything) assert.deepEqual(leftovers(), [], "left on the machine");
      for (const one of all) await one.cutOff();
      await node.start();
      const there = { rows: await read("rows"), entries: await read("entries"), cached: await read("cached") };
      const seconds = (Date.now() - since) / 1000;

      for (const name of ["rows", "entries"] as const) {
        for (const one of clients[name]) {
          assert.equal(one.refusal, "");
          for (const id of one.acknowledged) kept[name].add(id);
        }
        assert.deepEqual(without(kept[name], there[name]), [], `${name} lost`);
        // What was on its way may have arrived; nothing else may be there.
        const late = without(there[name], kept[name]);
        assert.ok(late.length <= clients[name].length, `${late.length} ${name} that nobody wrote`);
        for (const id of late) kept[name].add(id);
      }
      // The negative: this test sees what is lost.
      assert.deepEqual([...there.cached], []);
      const told = (name: "rows" | "entries") => clients[name].flatMap(({ acknowledged }) => acknowledged);
      const found = (name: "rows" | "entries") => told(name).filter((id) => there[name].has(id)).length;
      record(table, {
        run,
        "kill -9 of": everything ? "every process" : "the node's first process, and so all inside",
        "rows acknowledged": told("rows").length,
        "rows there": found("rows"),
        "queue entries acknowledged": told("entries").length,
        "queue entries there": found("entries"),
        "cache entries acknowledged": cached.acknowledged.length,
        "cache entries there": there.cached.size,
        "started again by": everything ? "npm start" : "its supervisor",
        "seconds to healthy": seconds.toFixed(1),
      });
    });
  }
});
