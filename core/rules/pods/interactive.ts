import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";

export const noSsh = containerRule(
  {
    id: "no-ssh",
    description: "No container lets people in by ssh, or gives root away by sudo.",
    severity: "medium",
    levels: fromStagingOn,
    rows: ["B14"],
  },
  ({ field, name }) => {
    const fix = "use kubectl exec or debug, which are asked for and logged";
    const ports = field
      .at("ports")
      .items()
      .flatMap((port) =>
        judge(
          port.at("containerPort"),
          (one) => (one.text === "22" ? [finding(one, { problem: "is ssh's port", fix, value: "22" }, name)] : []),
          name,
        ),
      );
    const words = ["command", "args"]
      .flatMap((key) => field.at(key).items())
      .flatMap((word) =>
        judge(
          word,
          () =>
            /(^|[\s/;&|])(sshd|sudo)(\s|$)/.test(word.text ?? "")
              ? [finding(word, { problem: "starts sshd or sudo", fix }, name)]
              : [],
          name,
        ),
      );
    return [...ports, ...words];
  },
);

export const noTerminal = containerRule(
  {
    id: "no-terminal",
    description: "No container waits at a terminal.",
    severity: "low",
    levels: advisedFromStagingOn,
    rows: ["B15"],
  },
  ({ field, name }) =>
    ["tty", "stdin"].flatMap((key) =>
      judge(
        field.at(key),
        (one) =>
          one.text === "true" ? [finding(one, { problem: "waits at a terminal", fix: "leave it out" }, name)] : [],
        name,
      ),
    ),
);
