import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn, off } from "../levels.ts";
import { containerRule } from "./podRule.ts";

export const noSubPath = containerRule(
  {
    id: "no-sub-path",
    description: "Volumes are mounted whole, not by a path in them.",
    why: "A link that stands in for that path has led out of the volume to the node (CVE-2021-25741).",
    severity: "low",
    levels: off,
    rows: ["B17"],
  },
  ({ field, name }) =>
    field
      .at("volumeMounts")
      .items()
      .flatMap((mount) => (mount.unknown ? [mount] : [mount.at("subPath"), mount.at("subPathExpr")]))
      .filter(({ absent, text }) => !absent && text !== "")
      .map((path) => {
        const certain = !path.unknown || /subPath(Expr)?$/.test(path.path);
        const words = { problem: "mounts a part of a volume", fix: "mount the volume whole", value: path.text };
        return certain ? finding(path, words, name) : notDecided(path, name);
      }),
);

export const noGitCommand = containerRule(
  {
    id: "no-git-sync-command",
    description: "No git-sync container is told which program to run as git.",
    why: "Whoever may set that variable runs any program in the pod, with its rights.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["B17"],
  },
  ({ field, name }) =>
    field
      .at("env")
      .items()
      .flatMap((variable) => {
        const key = variable.at("name");
        if (variable.unknown || key.unknown)
          return /git-?sync/.test(field.at("image").text ?? "") ? [notDecided(key, name)] : [];
        const words = { problem: "names the program that is run as git", fix: "leave it out" };
        return /^GIT_?SYNC_GIT$/.test(key.text ?? "") ? [finding(variable, words, name)] : [];
      }),
);
