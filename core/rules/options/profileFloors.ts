import { floors } from "../../floors.ts";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { everywhere } from "../levels.ts";
import { objectRule } from "../objectRule.ts";

export const profileFloors = objectRule(
  {
    id: "profile-above-floors",
    description:
      "What a system has otherwise than its environment's profile is no weaker than the environment's floors.",
    why: "One line that eases a test would leave production with one pod, with debug output, or free to be destroyed.",
    severity: "high",
    levels: everywhere,
    demands: ["R-08", "R-11"],
  },
  ["PalierEnvironment"],
  (root, { stage }) =>
    floors[stage].flatMap(({ path, allowed, why, holds }) =>
      judge(root.at("profile", ...path.split(".")), (field) =>
        holds(field.raw)
          ? []
          : [
              finding(field, {
                problem: `is below what ${stage} may have: ${why}`,
                fix: `write ${allowed}`,
                value: field.text,
              }),
            ],
      ),
    ),
);
