import { finding } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { podRule } from "./podRule.ts";

export const noHostAliases = podRule(
  {
    id: "no-host-aliases",
    description: "Names are answered by DNS, not by lines in a pod's hosts file that nobody finds again.",
    why: "The address changes one day, the pod goes on asking the old one, and DNS shows everybody that all is well.",
    severity: "low",
    levels: advisedFromStagingOn,
    rows: ["B13"],
  },
  ({ spec }) => {
    const field = spec.at("hostAliases");
    return field.absent ? [] : [finding(field, { problem: "answers names by itself", fix: "use a Service or DNS" })];
  },
);
