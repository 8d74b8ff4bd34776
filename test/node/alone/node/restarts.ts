import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { memory } from "../../../../local/node-processes.ts";
import { sizeOf } from "../../../../local/size.ts";
import { isWhole, record } from "../../../proof.ts";
import { answers } from "../../answers.ts";
import { appeared, hostState } from "../../hostState.ts";
import { describeOnNode } from "../../machine.ts";
import { OwnNode } from "../../ownNode.ts";

const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** What may pile up from one start to the next. */
interface Kept {
  /** Memory of the node's own processes. */
  node: number;
  /** The node's folder. */
  disk: number;
  containers: number;
}

if (isWhole("node")) {
  describeOnNode("twenty restarts in a row", function (machine) {
    this.timeout("40m");

    it("each end healthy, leave nothing on the machine and pile nothing up", async () => {
      const node = await OwnNode.of(machine);
      await node.npm("stop");
      const before = hostState(node.debian);
      const [, health] = /health +(\S+)$/m.exec(await node.npm("start")) ?? [];
      const kept: Kept[] = [];
      for (let restart = 1; restart <= 20; restart++) {
        const orderly = restart % 2 === 1;
        await (orderly ? node.npm("stop") : node.kill());
        if (orderly) assert.deepEqual(appeared(before, hostState(node.debian), machine), [], "left on the machine");
        const since = Date.now();
        const [printed, seconds] = await Promise.all([
          node.npm("start"),
          answers(health!, 200, 120).then(() => (Date.now() - since) / 1000),
        ]);
        assert.match(printed, /avnir dev is up and healthy/);
        const now = await look(node);
        kept.push(now);
        record("Twenty restarts in a row", {
          restart,
          how: orderly ? "npm stop, npm start" : "kill -9 of everything, npm start",
          "seconds to node ready": /the node is ready \((\S+) s\)/.exec(printed)![1]!,
          "seconds to healthy": seconds.toFixed(1),
          "node MB": megabytes(now.node),
          "folder MB": megabytes(now.disk),
          containers: now.containers,
        });
      }
      for (const what of ["node", "disk", "containers"] as const) {
        const [first, last] = [kept.slice(0, 5), kept.slice(-5)].map((some) => median(some.map((one) => one[what])));
        assert.ok(last! <= first! * 1.1, `${what} grew from ${first} to ${last}`);
      }
    });
  });
}

async function look(node: OwnNode): Promise<Kept> {
  const containers = node.path("containerd/io.containerd.grpc.v1.cri/containers");
  return {
    node: memory(await node.processes()).node,
    disk: await sizeOf(node.path()),
    containers: readdirSync(containers).length,
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
