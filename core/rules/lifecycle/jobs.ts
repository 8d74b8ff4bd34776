import { finding, notDecided } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podRule } from "../pods/podRule.ts";

export const restartPolicy = podRule(
  {
    id: "restart-policy",
    description: "Pods are started again when they fail.",
    why: "One failure, be it a database that was not up yet, ends the work until somebody starts it by hand.",
    severity: "low",
    levels: off,
    rows: ["E18"],
  },
  ({ spec, partial }) => {
    const field = spec.at("restartPolicy");
    const fix = "write Always or OnFailure";
    if (field.absent) return partial ? [] : [finding(field, { problem: "is not set", fix })];
    return judge(field, () =>
      ["Always", "OnFailure"].includes(field.text ?? "")
        ? []
        : [finding(field, { problem: "leaves it ended", fix, value: field.text })],
    );
  },
);

export const jobsHaveAnOwner = objectRule(
  {
    id: "jobs-have-an-owner",
    description: "Jobs are made by a CronJob, not by themselves.",
    why: "It runs once and can't be changed: for each further run somebody must delete it or find a new name.",
    severity: "low",
    levels: off,
    rows: ["E18"],
  },
  ["Job"],
  (root, { object: { partial } }) => {
    const owners = root.at("metadata", "ownerReferences");
    return partial ? [] : refuseAbsent(owners, { problem: "is not set", fix: "write a CronJob" });
  },
);

export const jobsAreRemoved = objectRule(
  {
    id: "jobs-are-removed",
    description: "A Job of its own is removed some time after it ended; a CronJob's history does that for its Jobs.",
    why: "Ended Jobs and their pods pile up until lists are slow and the quota is full.",
    severity: "low",
    levels: off,
    rows: ["E19"],
  },
  ["Job", "CronJob"],
  (root, { object: { kind, partial } }) => {
    if (partial) return [];
    if (kind === "Job") {
      const field = root.at("spec", "ttlSecondsAfterFinished");
      const owned = !root.at("metadata", "ownerReferences").absent;
      return owned ? [] : refuseAbsent(field, { problem: "is not set", fix: "write seconds" });
    }
    const field = root.at("spec", "jobTemplate", "spec", "ttlSecondsAfterFinished");
    const fix = "leave it out, and set the history limits";
    if (field.open) return [notDecided(field)];
    return field.absent ? [] : [finding(field, { problem: "cuts the history short", fix, value: field.text })];
  },
);
