import assert from "node:assert/strict";
import { basename } from "node:path";
import { cacheRemovals, findRemovals } from "../../../../local/clean.ts";
import { openClone } from "../../../../local/clone.ts";
import { memory } from "../../../../local/node-processes.ts";
import { newNodeBytes } from "../../../../local/room.ts";
import { describeSize } from "../../../../local/size.ts";
import { isWhole, record } from "../../../proof.ts";
import { describeOnNode } from "../../machine.ts";
import { OwnNode } from "../../ownNode.ts";

if (isWhole("node")) {
  describeOnNode("disk and memory", (machine) => {
    it("are not more than npm start says it needs", async () => {
      const node = await OwnNode.of(machine);
      await node.start();
      const clone = await openClone({ ...process.env, PALIER_HOME: machine.home });
      const [home, cache] = [await findRemovals(clone), await cacheRemovals(clone)];
      for (const [where, parts] of Object.entries({ home, cache })) {
        for (const { path, what, bytes } of parts) {
          if (bytes >= 1e6) record("Disk", { part: `${where}/${basename(path)}`, what, size: describeSize(bytes) });
        }
      }
      const used = memory(await node.processes());
      for (const [part, what] of [
        ["node", "etcd, API server, kubelet, containerd and the others"],
        ["pods", "what runs in pods, AVNIR dev among it"],
      ] as const)
        record("Memory", { part, what, size: describeSize(used[part]) });
      const total = home.reduce((sum, { bytes }) => sum + bytes, 0);
      assert.ok(total < newNodeBytes, `the home holds ${describeSize(total)}`);
      assert.ok(used.node > 0 && used.pods > 0 && used.node + used.pods < 2e9, JSON.stringify(used));
    });
  });
}
