import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { podSpec } from "../reading/containers.ts";

export const statelessApp = ruleWith(
  {
    id: "stateless-app",
    description: "A Deployment keeps nothing on a volume: what lasts is in a database, a bucket or a StatefulSet.",
    why: "Replicas that each have files of their own answer differently, and a new one waits for the old one's volume.",
    severity: "medium",
    levels: fromStagingOn,
    demands: ["R-32"],
    parameters: z.strictObject({
      exceptions: patterns.default([]).describe("names of Deployments that may, `*` for any text"),
    }),
  },
  ({ object }, { exceptions }) => {
    if (!["Deployment", "ReplicaSet", "Rollout"].includes(object.kind) || matches(object.name, exceptions)) return [];
    const volumes = podSpec(object)?.at("volumes").items() ?? [];
    return volumes.flatMap((volume) => {
      if (volume.unknown) return [notDecided(volume)];
      const kept = ["persistentVolumeClaim", "hostPath", "nfs"]
        .map((kind) => volume.at(kind))
        .find(({ absent }) => !absent);
      const fix = "keep it in a database or a bucket, or make it a StatefulSet; an emptyDir for what may be lost";
      return kept ? [finding(kept, { problem: "keeps files beyond the pod's life", fix })] : [];
    });
  },
);
