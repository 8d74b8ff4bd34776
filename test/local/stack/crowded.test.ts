import { doesNotMatch, equal, match } from "node:assert/strict";
import { describeCrowded, type Pod } from "../../../local/stack/crowded.ts";

describe("a node that has no room for a pod", () => {
  const pod = (namespace: string, name: string, cpu: string, placed: boolean): Pod => ({
    metadata: { name, namespace },
    spec: { ...(placed && { nodeName: "node" }), containers: [{ resources: { requests: { cpu } } }, {}] },
    status: {
      phase: placed ? "Running" : "Pending",
      conditions: placed
        ? [{ type: "PodScheduled", status: "True" }]
        : [
            {
              ...{ type: "PodScheduled", status: "False", reason: "Unschedulable" },
              message: "0/1 nodes are available: 1 Insufficient cpu.",
            },
          ],
    },
  });
  const dev = [pod("shop-dev", "api-1", "250m", true), pod("shop-dev", "db-0", "0.05", true)];
  const staging = pod("shop-staging", "api-2", "1", true);
  const production = pod("shop-production", "api-3", "500m", false);

  it("is said while it waits: which pod, the scheduler's reason, who has the processor, and the way on", () => {
    const said = describeCrowded([...dev, staging, production], "shop-production")!;
    match(
      said,
      /^pod api-3 asks for 500m of a processor and has no place: 0\/1 nodes are available: 1 Insufficient cpu/,
    );
    match(said, /Asked for so far: shop-staging 1000m, shop-dev 300m\./);
    match(said, /pulumi destroy --stack/);
  });

  it("is no concern where all pods of the stack have a place, or have ended", () => {
    equal(describeCrowded([...dev, staging, production], "shop-staging"), undefined);
    const ended: Pod = { ...dev[0]!, status: { phase: "Succeeded" } };
    doesNotMatch(describeCrowded([ended, production], "shop-production")!, /Asked for/);
  });
});
