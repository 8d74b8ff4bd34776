import { finding, notDecided } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { podRule } from "../pods/podRule.ts";

/** Kubernetes' own default, in seconds. */
const usualGrace = 30;

export const graceCoversPreStop = podRule(
  {
    id: "grace-covers-pre-stop",
    description: "A pod has time left after its preStop hook: the grace period counts from before it.",
    why: "The pod is killed while it still answers, and at each release some requests break off.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-11"],
    rows: ["E16"],
  },
  ({ spec, containers }) => {
    const grace = spec.at("terminationGracePeriodSeconds");
    return containers.flatMap(({ field, name }) => {
      const sleep = field.at("lifecycle", "preStop", "sleep", "seconds");
      if (sleep.absent) return [];
      const open = [grace, sleep].find(({ unknown }) => unknown);
      if (open) return [notDecided(open, name)];
      const left = Number(grace.text ?? usualGrace) - Number(sleep.text);
      if (left > 0) return [];
      const fix = "make it longer than preStop and the time that requests take";
      const problem = `is no longer than the preStop sleep of ${sleep.text} s`;
      return [finding(grace.absent ? sleep : grace, { problem, fix, value: grace.text }, name)];
    });
  },
);

export const preStopStated = podRule(
  {
    id: "pre-stop-stated",
    description: "Containers wait before they end, while the proxies still send to them.",
    why: "A pod is sent requests for some seconds after it was told to end, and those fail at each release.",
    severity: "low",
    levels: off,
    demands: ["R-11"],
    rows: ["E16"],
  },
  ({ containers, partial }) =>
    containers
      .filter(({ field }) => !partial && (field.unknown || /(^|\.)containers\[\d+\]$/.test(field.path)))
      .flatMap(({ field, name }) => {
        const words = { problem: "is not set", fix: "write sleep: { seconds: 5 }" };
        return refuseAbsent(field.at("lifecycle", "preStop"), words, name);
      }),
);

export const rollingUpdate = objectRule(
  {
    id: "rolling-update",
    description: "A new version takes over pod by pod: Recreate ends all of the old ones first.",
    why: "Until the new pods are ready nobody answers, and if the new version does not start, that lasts.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-11", "R-55"],
    rows: ["E15"],
  },
  ["Deployment"],
  (root) =>
    judge(root.at("spec", "strategy", "type"), (field) =>
      field.text === "Recreate"
        ? [
            finding(field, {
              problem: "ends all pods before the first new one",
              fix: "write RollingUpdate",
              value: field.text,
            }),
          ]
        : [],
    ),
);
