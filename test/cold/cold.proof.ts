import assert from "node:assert/strict";
import { join } from "node:path";
import { stepSeconds } from "../../local/proof/stepSeconds.ts";
import { describeSize, sizeOf } from "../../local/size.ts";
import { elapsed } from "../../local/steps.ts";
import { record } from "../proof.ts";
import { type ColdMachine, coldMachine } from "./machine.ts";

/** What a start leaves on the disk, by its path in the machine's root. */
const places = {
  "Go's compiled packages": "root/.cache/go-build",
  "Go modules": "root/go/pkg/mod",
  "programs built from them": "root/.cache/palier/bin",
  "Debian packages, unpacked": "root/.cache/palier/debian",
  "base images": "root/.cache/palier/images",
  "Node 24": "root/.cache/palier/node",
  "npm's cache": "root/.npm",
  "what image builds fetched": "root/.cache/palier/npm",
  "compiled TypeScript": "root/.cache/palier/compile",
  "the clone's home": "root/.local/state/palier",
};

const time = (seconds: number) => elapsed(seconds * 1000);

describe("a machine on which nothing has run", function () {
  this.timeout(0);
  let machine: ColdMachine;
  before(async () => {
    machine = await coldMachine();
    console.log(`      made in ${time(machine.seconds)}`);
  });
  after(() => machine?.remove());

  it("gets from a clone to a healthy system by npm start", async () => {
    const { code, output, seconds, processorSeconds } = await machine.run("npm", "start");
    for (const [step, took] of Object.entries(stepSeconds(output))) record("Cold start", { step, took: time(took) });
    for (const [, what, took, size] of output.matchAll(/built (.+): (.+), (.+)$/gm)) {
      record("Cold start", { step: `· ${what}`, took: took!, makes: size! });
    }
    record("Cold start", { step: "in all", took: time(seconds), processors: time(processorSeconds) });
    for (const [what, path] of Object.entries({ ...places, "the clone's packages": `${machine.clone}/node_modules` })) {
      record("What a cold start leaves on the disk", {
        what,
        takes: describeSize(await sizeOf(join(machine.rootfs, path))),
      });
    }
    assert.equal(code, 0);
    assert.match(output, /is up and healthy/);
  });

  it("starts again with nothing to build", async () => {
    const { code, output, seconds, processorSeconds } = await machine.run("npm", "start");
    record("Cold start", { step: "again", took: time(seconds), processors: time(processorSeconds) });
    assert.equal(code, 0);
    assert.doesNotMatch(output, /building|fetch/);
  });

  it("passes npm test", async () => {
    const { code, output, seconds, processorSeconds } = await machine.run("npm", "test");
    const counts = /^\d+ passed, \d+ failed, \d+ skipped$/m.exec(output)?.[0] ?? "no counts";
    record("Cold start", { step: "npm test", took: time(seconds), processors: time(processorSeconds), makes: counts });
    assert.equal(code, 0, output.slice(output.indexOf("failing")));
  });
});
