import { finding } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";

export const noBarePods = objectRule(
  {
    id: "no-bare-pods",
    description: "Pods are made by a controller, which makes another when one is gone.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["B12"],
  },
  ["Pod"],
  (root, { object: { partial } }) => {
    const owners = root.at("metadata", "ownerReferences");
    return owners.absent && !partial
      ? [
          finding(owners, {
            problem: "is not set: nobody makes another when it is gone",
            fix: "write a Deployment or a Job",
          }),
        ]
      : [];
  },
);
