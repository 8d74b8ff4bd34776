import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { environmentInName } from "../secrets/environmentName.ts";

export const clusterOfEnvironment = objectRule(
  {
    id: "cluster-of-environment",
    description:
      "A Kubernetes provider leads to the cluster of this environment, and to the one that the configuration names.",
    why: "One wrong context, and dev's update lands in production.",
    severity: "critical",
    levels: everywhere,
    demands: ["R-14"],
    rows: ["K03"],
  },
  ["Provider"],
  (root, { stage, context }) => {
    const field = root.at("context");
    if (field.absent) return [];
    if (field.unknown) return [notDecided(field)];
    const text = field.text ?? "";
    if (context !== undefined && text !== context) {
      return [
        finding(field, {
          problem: `is not the one that palier:context names ("${context}")`,
          fix: "name one of them",
          value: text,
        }),
      ];
    }
    const words = text.split(/[^A-Za-z0-9]+/).map(environmentInName);
    const named = words.find((environment) => environment !== undefined);
    const isOther = named !== undefined && (named === "production") !== (stage === "production");
    const fix = `take the context of ${stage}'s cluster`;
    return isOther ? [finding(field, { problem: `is by its name a cluster of ${named}`, fix, value: text })] : [];
  },
);
