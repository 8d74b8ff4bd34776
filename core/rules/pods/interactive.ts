import { refuseIf } from "../judge.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { containerRule } from "./podRule.ts";

export const noSsh = containerRule(
  {
    id: "no-ssh",
    description: "No container lets people in by ssh, or gives root away by sudo.",
    why: "People change containers by hand, nobody sees who did what, and all of it is gone at the next start.",
    severity: "medium",
    levels: fromStagingOn,
    demands: ["R-48"],
    rows: ["B14"],
  },
  ({ field, name }) => {
    const fix = "use kubectl exec or debug, which are asked for and logged";
    const ports = field
      .at("ports")
      .items()
      .flatMap((port) =>
        refuseIf(port.at("containerPort"), (text) => text === "22", { problem: "is ssh's port", fix }, name),
      );
    const words = ["command", "args"].flatMap((key) =>
      field
        .at(key)
        .items()
        .flatMap((word) =>
          refuseIf(
            word,
            (text) => /(^|[\s/;&|])(sshd|sudo)(\s|$)/.test(text),
            { problem: "starts sshd or sudo", fix, value: undefined },
            name,
          ),
        ),
    );
    return [...ports, ...words];
  },
);

export const noTerminal = containerRule(
  {
    id: "no-terminal",
    description: "No container waits at a terminal.",
    why: "Nobody types in a cluster: a program that asks waits for ever, and looks as if it ran.",
    severity: "low",
    levels: advisedFromStagingOn,
    rows: ["B15"],
  },
  ({ field, name }) =>
    ["tty", "stdin"].flatMap((key) =>
      refuseIf(
        field.at(key),
        (text) => text === "true",
        { problem: "waits at a terminal", fix: "leave it out", value: undefined },
        name,
      ),
    ),
);
