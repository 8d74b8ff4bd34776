import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { podRule } from "./podRule.ts";

const allowed = new Set(
  "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret".split(" "),
);

export const volumeTypes = podRule(
  {
    id: "volume-types",
    description: "Pods mount only kinds of volumes that leave the node alone.",
    why: "Other kinds lead to the node's files or to servers of others, past storage classes, quotas and backups.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["B09"],
    frameworks: ["PSS restricted"],
  },
  ({ spec }) =>
    spec
      .at("volumes")
      .items()
      .flatMap((volume) => {
        if (volume.unknown) return [notDecided(volume)];
        const source = volume.entries().find(({ key, absent }) => key !== "name" && !absent && !allowed.has(key));
        const fix = `one of ${[...allowed].join(", ")}`;
        return source ? [finding(source, { problem: "is not an allowed kind of volume", fix })] : [];
      }),
);
