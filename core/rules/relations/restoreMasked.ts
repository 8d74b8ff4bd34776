import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { containers } from "../reading/containers.ts";
import type { Rule } from "../rule.ts";
import { labelled, restoreOf } from "./backups.ts";
import { environmentOf } from "./environment.ts";

export const restoreMasked: Rule = {
  id: "restore-is-masked",
  description: "What restores a backup of another environment takes out what people left there, before it is served.",
  why: "A backup of production is production's data: everybody who may look at staging would read it.",
  severity: "critical",
  levels: everywhere,
  demands: ["R-06", "R-14"],
  relation: true,
  check: ({ object, inventory, stage, review }) => {
    if (!["Job", "CronJob"].includes(object.kind) || labelled(object, restoreOf).absent) return [];
    return containers(object).flatMap(({ field, name }) => {
      const { variables } = environmentOf(object, field, inventory);
      const [source, mask] = [variables.get("SOURCE_ENVIRONMENT"), variables.get("MASK")];
      if (source === undefined || source.text === (review ?? stage)) return [];
      const open = [source, mask].find((one) => one?.unknown);
      if (open) return [notDecided(open, name)];
      if (mask?.text?.trim()) return [];
      const problem = `restores what was saved in another environment, as it is, into ${stage}`;
      const fix = "give MASK, the SQL that takes out what people left; or restore a backup of this environment";
      return [finding(source, { problem, fix, value: source.text }, name)];
    });
  },
};
