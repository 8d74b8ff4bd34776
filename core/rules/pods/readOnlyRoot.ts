import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";
import { own } from "./securityContext.ts";

export const readOnlyRoot = containerRule(
  {
    id: "read-only-root",
    description: "Containers can't write to their own file system; what they write goes to a volume.",
    why: "Who takes the program over leaves tools and changed files in it, and what the app keeps there is gone at the next start.",
    severity: "low",
    levels: advisedFromStagingOn,
    demands: ["R-48"],
    rows: ["B10"],
    frameworks: ["NSA"],
  },
  (container, { partial }) => {
    const field = own(container, "readOnlyRootFilesystem");
    const words = {
      problem: field.absent ? "is not set" : "lets it write to its file system",
      fix: "write true, and mount an emptyDir where it must write",
    };
    if (field.absent) return partial ? [] : [finding(field, words, container.name)];
    return judge(
      field,
      () => (field.text === "true" ? [] : [finding(field, { ...words, value: field.text }, container.name)]),
      container.name,
    );
  },
);
