import { refuseAbsent } from "../judge.ts";
import { advisedFromStagingOn, off } from "../levels.ts";
import { containerRule, type Pod } from "../pods/podRule.ts";
import type { Container } from "../reading/containers.ts";
import type { Finding, Rule } from "../rule.ts";

/** A rule that each container states one of its resources. Presence decides. */
function stated(path: [string, string], why: string, about: Omit<Rule, "check" | "severity" | "description">): Rule {
  const check = ({ field, name }: Container, { partial }: Pod): Finding[] => {
    const value = field.at("resources", ...path);
    const fix = path[1] === "cpu" ? "write a quantity such as 100m" : "write a quantity such as 256Mi";
    return partial ? [] : refuseAbsent(value, { problem: `is not set: ${why}`, fix }, name);
  };
  const [kind, resource] = path;
  return containerRule(
    { ...about, severity: "medium", description: `Every container states ${kind} of ${resource}.` },
    check,
  );
}

export const cpuRequests = stated(["requests", "cpu"], "the node may be overbooked", {
  id: "cpu-requests",
  why: "The scheduler thinks that the pod needs no processor, puts it on a busy node, and all there slow down under load.",
  levels: advisedFromStagingOn,
  rows: ["D01"],
});

export const memoryRequests = stated(["requests", "memory"], "the node may be overbooked", {
  id: "memory-requests",
  why: "The scheduler fills the node beyond its memory, and under load pods are killed, not always those that took it.",
  levels: advisedFromStagingOn,
  rows: ["D02"],
});

export const memoryLimits = stated(["limits", "memory"], "a leak takes the whole node", {
  id: "memory-limits",
  why: "One container that leaks takes its neighbours on the node down with it.",
  levels: advisedFromStagingOn,
  rows: ["D03"],
  frameworks: ["NSA"],
});

/** One school; the other holds that a CPU limit only throttles. */
export const cpuLimits = stated(["limits", "cpu"], "it may take all there is", {
  id: "cpu-limits",
  why: "One container in a busy loop takes every processor that others on the node have not asked for.",
  levels: off,
  rows: ["D04"],
  frameworks: ["NSA"],
});
