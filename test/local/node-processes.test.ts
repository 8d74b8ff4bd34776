import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { alive, memory, nodeProcesses } from "../../local/node-processes.ts";

describe("the processes of a node", () => {
  it("are its supervisor's and all below it, what a containerd-shim runs being a pod's; until they end", async () => {
    const shim = "printf containerd-shim > /proc/$$/comm; sleep 60 & wait";
    const child = spawn("sh", ["-c", `sh -c '${shim}' & echo; wait`], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    await once(child.stdout!, "data");
    let found = nodeProcesses(child.pid!);
    while (!found.some(({ inPod }) => inPod)) found = nodeProcesses(child.pid!);
    assert.deepEqual(
      found.map(({ inPod }) => inPod),
      [false, false, true],
    );
    assert.ok(memory(found).node > 0 && memory(found).pods > 0);
    assert.equal(alive(found).length, 3);
    process.kill(-child.pid!, "SIGKILL");
    // Until mocha's own patience ends.
    while (alive(found).length > 0) await sleep(10);
  });
});
