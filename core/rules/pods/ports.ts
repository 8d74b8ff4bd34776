import { finding } from "../finding.ts";
import { judge, refuseAbsent } from "../judge.ts";
import { off } from "../levels.ts";
import { containerRule } from "./podRule.ts";

export const portNames = containerRule(
  {
    id: "port-names",
    description: "Every port of a container has a name, by which services and probes call it.",
    why: "A Service that targets the number leads nowhere once the program listens on another.",
    severity: "low",
    levels: off,
    rows: ["F15"],
  },
  ({ field, name }) =>
    field
      .at("ports")
      .items()
      .flatMap((port) => {
        return refuseAbsent(port.at("name"), { problem: "is not set", fix: "write a name such as http" }, name);
      }),
);

export const noPrivilegedPorts = containerRule(
  {
    id: "no-privileged-ports",
    description: "No container listens below 1024, which takes a privilege.",
    why: "The program needs root or NET_BIND_SERVICE, and does not start once both are taken from it.",
    severity: "low",
    levels: off,
    rows: ["F16"],
  },
  ({ field, name }) =>
    field
      .at("ports")
      .items()
      .flatMap((port) =>
        judge(
          port.at("containerPort"),
          (one) =>
            Number(one.text) > 0 && Number(one.text) < 1024
              ? [finding(one, { problem: "takes a privilege", fix: "listen on 1024 or above", value: one.text }, name)]
              : [],
          name,
        ),
      ),
);
