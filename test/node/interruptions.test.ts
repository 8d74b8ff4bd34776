import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { isWhole, record } from "../proof.ts";
import { ColdCache } from "./interruption/cold-cache.ts";
import { bootstrap, Run } from "./interruption/run.ts";
import { AvnirDev, duplicates, known, secretsOf } from "./interruption/system.ts";
import { Tally } from "./interruption/tally.ts";
import { moments, type Trial, titleOf, trials } from "./interruption/trials.ts";
import { describeOnNode } from "./machine.ts";

const seed = 20_261_121;
const all = trials(100, seed);
/** The short form: of a change and of an end, each cut off as a whole in its midst. */
const few: Trial[] = [
  { ...all[1]!, signal: "SIGKILL", target: "everything", after: 7 },
  { ...all[2]!, signal: "SIGKILL", target: "everything", after: 7 },
];

describeOnNode(`a run that is cut off (seed ${seed})`, function (machine) {
  this.timeout("10m");
  const avnir = new AvnirDev(machine);
  const tally = new Tally();

  before("npm start", async () => {
    await avnir.good("npm", "mend");
    await avnir.good("npm", "start");
    await avnir.fixImage();
  });

  for (const trial of isWhole("interruptions") ? all : few) {
    it(titleOf(trial), async () => {
      await avnir.reach(trial.from);
      const command = commands[trial.command];
      const run = avnir.begin(...command);
      const interrupted = await run.interrupt({ ...trial, after: trial.after * avnir.pace });
      const secrets = secretsOf(await avnir.resources());
      const since = Date.now();
      for (const next of documented(trial)) await avnir.good(...next);
      const seconds = (Date.now() - since) / 1000;
      const outcome = trial.command === "pulumi destroy" ? await checkGone() : await checkWhole(secrets);
      tally.note(trial, { ...outcome, seconds, interrupted });
      assert.deepEqual(outcome, { duplicates: 0, orphans: 0, changedSecrets: 0 });
    });
  }

  async function checkGone() {
    const left = [...(await avnir.remains()), ...known(await avnir.resources())];
    assert.deepEqual(left, []);
    return { duplicates: 0, orphans: 0, changedSecrets: 0 };
  }

  async function checkWhole(before: Map<string, string>) {
    await avnir.checkRows();
    const [resources, objects] = [await avnir.resources(), await avnir.objects()];
    const after = secretsOf(resources);
    const inState = known(resources);
    assert.deepEqual(
      inState.filter((one) => !objects.includes(one)),
      [],
    );
    return {
      duplicates: duplicates(objects).length,
      orphans: objects.filter((one) => !inState.includes(one)).length,
      changedSecrets: [...before].filter(([urn, hash]) => after.get(urn) !== hash).length,
    };
  }
});

if (isWhole("interruptions")) {
  describeOnNode("a cold build of the engine that is cut off", function coldBuild(machine) {
    this.timeout("60m");
    const cuts = moments(5, seed);

    it(`goes on after kill -9 after ${cuts.join(" s, ")} s, and no part of it is taken for a whole one`, async () => {
      const cold = new ColdCache(machine);
      const begin = () => new Run(machine, machine.node, [bootstrap, "start"], cold.env);
      for (const after of cuts) {
        await begin().interrupt({ signal: "SIGKILL", target: "everything", after });
        for (const engine of cold.engines()) if (!/\.\d+$/.test(engine)) assertRuns(engine);
      }
      const since = Date.now();
      const run = begin();
      assert.equal(await run.ended, 0, run.output);
      const [engine, ...others] = cold.engines();
      assert.deepEqual(others, []);
      assertRuns(engine!);
      record("Interrupted builds", {
        interrupted: "npm start with no engine and no compiled Go package, kill -9",
        moments: cuts.length,
        "seconds of the start that ended": ((Date.now() - since) / 1000).toFixed(0),
      });
    });
  });
}

function assertRuns(engine: string): void {
  assert.match(execFileSync(engine, ["version"], { encoding: "utf8" }), /^v3\./);
}

const commands: Record<Trial["command"], string[]> = {
  "npm start": ["npm", "start"],
  "pulumi up": ["pulumi", "up", "--yes", "--skip-preview"],
  "pulumi destroy": ["pulumi", "destroy", "--yes", "--skip-preview"],
};

/** What the README says to do: the same command again, after a kill -9 of a plain pulumi with `npm run mend` before it. */
function documented({ command, signal }: Trial): string[][] {
  const mended = command === "npm start" || signal === "SIGINT" ? [] : [["npm", "mend"]];
  return [...mended, commands[command]];
}
