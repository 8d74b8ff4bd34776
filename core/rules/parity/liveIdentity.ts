import { finding, notDecided } from "../finding.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import { advisedInStaging } from "../relations/stages.ts";
import type { Finding } from "../rule.ts";
import { fixedOf, writtenOut } from "./fixedFields.ts";
import { identityOf } from "./shape.ts";

export const liveIdentity = objectRule(
  {
    id: "live-workload-is-kept",
    description:
      "A workload that is live keeps its selector, and a StatefulSet its volume claims too, as far as the last update is on record.",
    why: "Kubernetes takes no such change, so the workload is deleted first: nothing serves until the new one does, and the data stays behind on claims that nobody reads.",
    severity: "high",
    levels: advisedInStaging,
    demands: ["R-11", "R-55"],
  },
  ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
  (root, { object, shapes }) => {
    if (!shapes?.live || object.partial) return [];
    const identity = identityOf(object);
    if (identity === undefined) return root.at("metadata", "name").absent ? [] : [notDecided(root.at("metadata"))];
    const was = shapes.live.workloads[identity]?.fixed;
    return was ? fixedOf(object).flatMap((field) => changed(field, was[field.path])) : [];
  },
);

function changed(field: Field, before: string | undefined): Finding[] {
  if (field.leaves().some(({ unknown }) => unknown)) return [notDecided(field)];
  const now = writtenOut(field);
  // What is secret is not on record.
  const hidden = now === undefined && !field.absent;
  if (hidden || now === before) return [];
  const problem = "is not that of the workload that is live, which would be deleted and made anew";
  const fix = "leave it as it was, or make one of another name beside it and take this one away later";
  return [finding(field, { problem, fix, value: now })];
}
