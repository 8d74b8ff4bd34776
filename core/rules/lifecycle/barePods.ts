import { refuseAbsent } from "../judge.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";

export const noBarePods = objectRule(
  {
    id: "no-bare-pods",
    description: "Pods are made by a controller, which makes another when one is gone.",
    why: "When its node is drained or breaks, the pod is gone for good, and with it what it served.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["B12"],
  },
  ["Pod"],
  (root, { object: { partial } }) => {
    const owners = root.at("metadata", "ownerReferences");
    const problem = "is not set: nobody makes another when it is gone";
    return partial ? [] : refuseAbsent(owners, { problem, fix: "write a Deployment or a Job" });
  },
);
