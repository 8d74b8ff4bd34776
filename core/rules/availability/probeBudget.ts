import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import { serving } from "../relations/databases.ts";

/** Kubernetes' own default, in seconds. */
const usualDeadline = 600;

export const probeBudget = objectRule(
  {
    id: "probes-end-before-the-deadline",
    description: "A rollout's deadline leaves its pods all the time that their probes give them to start.",
    why: "A rollout that is given up while its pods may still start is reported as failed, and rolled back for nothing.",
    severity: "medium",
    levels: advisedFromStagingOn,
    demands: ["R-12", "R-52"],
  },
  ["Deployment", "Rollout"],
  (root, { object }) => {
    const deadline = root.at("spec", "progressDeadlineSeconds");
    return serving(object).flatMap((container) => {
      const probe = ["startupProbe", "readinessProbe"].map((key) => container.at(key)).find(({ absent }) => !absent);
      if (!probe || object.partial) return [];
      const open = [deadline, ...times(probe)].find(({ unknown }) => unknown);
      const name = container.at("name").title;
      if (open) return [notDecided(open, name)];
      const [delay, failures, period] = times(probe).map(({ text }) => Number(text)) as [number, number, number];
      const seconds = (delay || 0) + (Number.isNaN(failures) ? 3 : failures) * (Number.isNaN(period) ? 10 : period);
      const most = Number(deadline.text ?? usualDeadline);
      if (seconds <= most) return [];
      const problem = `lets a pod start for ${seconds} s, and the rollout is given up after ${most} s`;
      return [finding(probe, { problem, fix: `set progressDeadlineSeconds to more than ${seconds}` }, name)];
    });
  },
);

function times(probe: Field): Field[] {
  return ["initialDelaySeconds", "failureThreshold", "periodSeconds"].map((key) => probe.at(key));
}
