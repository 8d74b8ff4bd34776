import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { containerRule } from "./podRule.ts";

const probes = ["livenessProbe", "readinessProbe", "startupProbe"];

export const probeCommands = containerRule(
  {
    id: "no-tools-in-probes",
    description: "No probe starts a tool: it takes the container's memory each time, and some hang.",
    why: "A container near its memory limit is killed for its own health check, or counts as ill because a tool is missing.",
    severity: "low",
    levels: off,
    rows: ["B16"],
    parameters: z.strictObject({
      tools: z.array(z.string()).default(["curl", "wget", "nc", "telnet", "jcmd", "ps", "ls"]).describe("their names"),
    }),
  },
  ({ field, name }, _pod, { tools }) =>
    probes
      .flatMap((probe) => field.at(probe, "exec", "command").items())
      .flatMap((word) =>
        judge(
          word,
          () => {
            const tool = tools.find((one) => (word.text ?? "").split(/[\s;|&/]+/).includes(one));
            return tool
              ? [finding(word, { problem: `starts ${tool}`, fix: "use httpGet, tcpSocket or grpc" }, name)]
              : [];
          },
          name,
        ),
      ),
);
