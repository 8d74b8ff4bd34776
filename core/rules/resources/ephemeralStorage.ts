import { refuseAbsent } from "../judge.ts";
import { off } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";

export const ephemeralStorage = containerRule(
  {
    id: "ephemeral-storage",
    description: "Every container states request and limit of the node's disk that it writes to.",
    why: "Logs and temporary files of one pod fill the node, which then evicts all of them.",
    severity: "low",
    levels: off,
    rows: ["D08"],
  },
  ({ field, name }, { partial }) =>
    ["requests", "limits"]
      .map((kind) => field.at("resources", kind, "ephemeral-storage"))
      .flatMap((place) =>
        partial ? [] : refuseAbsent(place, { problem: "is not set", fix: "write a quantity such as 256Mi" }, name),
      ),
);
