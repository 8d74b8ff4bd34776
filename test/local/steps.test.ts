import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { elapsed, LocalError, printSteps, tellError } from "../../local/steps.ts";

function screen(isTTY = false) {
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  let text = "";
  return { out: Object.assign(out, { isTTY, columns: 80 }), read: () => text };
}

describe("steps", () => {
  it("begin each line with the step's title, so that several can run at once", async () => {
    const { out, read } = screen();
    const steps = printSteps(out);
    await Promise.all([
      steps.run("engine", async (step) => step.say("found on PATH")),
      steps.run("cluster", async (step) => step.say("starting etcd")),
    ]);
    const lines = read().split("\n");
    assert.deepEqual(lines.slice(0, 2), ["  engine     found on PATH", "  cluster    starting etcd"]);
    assert.match(lines[2]!, /^✓ engine {5}0\.\d s$/);
  });

  it("give back what the work returns", async () => {
    assert.equal(await printSteps(screen().out).run("sum", async () => 42), 42);
  });

  it("mark the one that failed with the first line of why", async () => {
    const { out, read } = screen();
    const failing = printSteps(out).run("cluster", async () => {
      throw new LocalError("Port 20100 is taken by process 7.\nMore of it.", "stop it, then npm start");
    });
    await assert.rejects(failing, /Port 20100/);
    assert.match(read(), /^✗ cluster {4}0\.\d s {2}Port 20100 is taken by process 7\.\n$/);
  });

  it("leave the whole message and the next thing to try to the command's last words, without a stack trace", () => {
    const lines: string[] = [];
    tellError(new LocalError("Port 20100 is taken.", "stop it, then npm start"), (line) => lines.push(line));
    tellError(new TypeError("x is undefined"), (line) => lines.push(line));
    assert.deepEqual(lines.slice(0, 3), [
      "\nPort 20100 is taken.",
      "Next: stop it, then npm start\n",
      "\nx is undefined",
    ]);
    assert.doesNotMatch(lines.join("\n"), /\.ts:\d+/);
  });

  it("show a bar on a terminal once the work takes longer, and take it away at the end", async function () {
    this.timeout(60_000);
    const { out, read } = screen(true);
    let time = 0;
    await printSteps(out, () => time).run("cluster", async (step) => {
      time = 10_000;
      step.progress(1, 4);
      await new Promise((done) => setTimeout(done, 700));
    });
    assert.match(read(), /… cluster {4}\[█{6}░{18}\] 25 % {2}10\.0 s\n/);
    assert.ok(read().includes("\x1b[1A\x1b[J✓ cluster"));
  });

  it("write times as people read them", () => {
    assert.deepEqual([850, 59_900, 61_000, 754_000].map(elapsed), ["0.9 s", "59.9 s", "1 min 01 s", "12 min 34 s"]);
  });
});
