import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { matches, patterns } from "../parameters.ts";
import { podRule } from "./podRule.ts";

export const noHostPath = podRule(
  {
    id: "no-host-path",
    description: "No pod mounts a folder of the node.",
    why: "The pod reads and changes the node's files, the kubelet's credentials among them, and finds its data on one node only.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-32"],
    rows: ["A03", "A04"],
    frameworks: ["PSS baseline", "CIS 5.2.12"],
    parameters: z.strictObject({
      allowed: patterns.default([]).describe("folders that may be mounted, `*` for any text"),
    }),
  },
  ({ spec }, { allowed }) =>
    spec
      .at("volumes")
      .items()
      .flatMap((volume) =>
        judge(volume.at("hostPath"), (field) => {
          const path = field.at("path").text;
          const fix = "take a persistentVolumeClaim, an emptyDir or a configMap";
          return path !== undefined && !path.split("/").includes("..") && matches(path, allowed)
            ? []
            : [finding(field, { problem: "mounts a folder of the node", fix, value: path })];
        }),
      ),
);
