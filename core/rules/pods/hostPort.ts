import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { ranges, within } from "../parameters.ts";
import { containerRule } from "./podRule.ts";

export const noHostPort = containerRule(
  {
    id: "no-host-port",
    description: "No container takes a port of the node.",
    why: "A node has room for one such pod only, so the next version can't start beside it, and the port is open on the node's address.",
    severity: "medium",
    levels: fromStagingOn,
    demands: ["R-20"],
    rows: ["A06"],
    frameworks: ["PSS baseline", "CIS 5.2.13", "NSA"],
    parameters: z.strictObject({ allowed: ranges.default([]).describe("ports that may be taken") }),
  },
  ({ field, name }, _pod, { allowed }) =>
    field
      .at("ports")
      .items()
      .flatMap((port) =>
        judge(
          port.at("hostPort"),
          (hostPort) =>
            hostPort.text === "0" || within(hostPort.text, allowed)
              ? []
              : [
                  finding(
                    hostPort,
                    { problem: "takes a port of the node", fix: "use a Service", value: hostPort.text },
                    name,
                  ),
                ],
          name,
        ),
      ),
);
