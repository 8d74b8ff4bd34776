import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { anyOf } from "./answer.ts";
import { backupOf, concerns, isDrill, isSaved, keepsData, labelled, restoreOf } from "./backups.ts";
import { longestGap } from "./cronGap.ts";
import { advisedInProduction } from "./stages.ts";

const external = patterns.default([]).describe("names of databases that somebody else saves");

export const databaseSaved = ruleWith(
  {
    id: "database-is-backed-up",
    description:
      "Something in the stack saves each database that keeps data: a CronJob, or a schedule of its operator.",
    why: "A volume that is lost, or a table that is dropped by mistake, is otherwise lost for good.",
    severity: "high",
    levels: advisedInProduction,
    demands: ["R-21", "R-63"],
    rows: ["J03", "J04"],
    relation: true,
    parameters: z.strictObject({ external }),
  },
  ({ object, inventory }, given) => {
    if (!keepsData(object) || object.partial || matches(object.name, given.external)) return [];
    const name = object.root.at("metadata", "name");
    const saved = isSaved(object, inventory);
    if (saved === "yes") return [];
    if (saved === "unknown") return [notDecided(name)];
    const problem = "is a database that keeps data, and nothing in the stack saves it";
    const fix = `add a CronJob that dumps it, labelled ${backupOf}`;
    return [finding(name, { problem, fix, value: name.title })];
  },
);

export const restoreDrilled = ruleWith(
  {
    id: "restore-is-drilled",
    description: "A CronJob tries at least monthly whether the copies of each database can be restored.",
    why: "A backup that was never restored is a hope, not a backup.",
    severity: "medium",
    levels: advisedInProduction,
    demands: ["R-22"],
    relation: true,
    parameters: z.strictObject({
      external,
      days: z.number().min(1).default(31).describe("longest time between two drills"),
    }),
  },
  ({ object, inventory }, given) => {
    if (!keepsData(object) || object.partial || matches(object.name, given.external)) return [];
    const name = object.root.at("metadata", "name");
    const about = (drill: KubernetesObject) =>
      labelled(drill, restoreOf).absent ? "yes" : concerns(drill, object, inventory, restoreOf);
    const drills = inventory.all(["CronJob"]).filter(isDrill);
    const frequent = drills.filter((drill) => isFrequent(drill, given.days));
    const drilled = anyOf(frequent.map(about));
    if (drilled === "yes") return [];
    if (drilled === "unknown") return [notDecided(name)];
    const seldom = drills.some((drill) => about(drill) === "yes");
    const problem = seldom
      ? `is restored for trial less than every ${given.days} days, or never`
      : "is a database whose backups nothing in the stack tries to restore";
    const fix = `add a CronJob that restores the last copy into an empty database, labelled ${restoreOf}`;
    return [finding(name, { problem, fix, value: name.title })];
  },
);

/** A schedule that is not known yet counts. */
function isFrequent({ root }: KubernetesObject, days: number): boolean {
  const [schedule, suspend] = [root.at("spec", "schedule"), root.at("spec", "suspend")];
  if (suspend.text === "true") return false;
  return schedule.unknown || (longestGap(schedule.text ?? "") ?? Number.POSITIVE_INFINITY) <= days * 24;
}
