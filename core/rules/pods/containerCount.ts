import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { podRule } from "./podRule.ts";

export const fewContainers = podRule(
  {
    id: "few-containers",
    description: "A pod has few containers: they are placed, scaled and replaced as one.",
    why: "A change of one starts all of them anew, and only a node with room for their sum will do.",
    severity: "low",
    levels: off,
    rows: ["D11"],
    parameters: z.strictObject({ most: z.int().min(1).default(4).describe("containers, init containers left out") }),
  },
  ({ spec }, { most }) => {
    const containers = spec.at("containers");
    if (containers.unknown) return [notDecided(containers)];
    const problem = `is more than ${most}`;
    return containers.items().length > most ? [finding(containers, { problem, fix: "make several pods of it" })] : [];
  },
);
