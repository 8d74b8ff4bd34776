import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { refuseAbsent } from "../judge.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { type Pod, podRule } from "../pods/podRule.ts";
import type { Container } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { About, Finding, Rule } from "../rule.ts";

/** Jobs end by themselves: no probe helps them. */
const serving = new Set([
  "Pod",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Rollout",
]);

/** A rule about the containers that serve; init and ephemeral ones do not. */
function servingRule<Parameters extends z.ZodObject>(
  about: About<Parameters>,
  check: (container: Container, pod: Pod, given: z.infer<Parameters>) => Finding[],
): Rule {
  const rule = podRule(about, (pod, given) =>
    pod.partial
      ? []
      : pod.containers
          .filter(({ field }) => field.unknown || /(^|\.)containers\[\d+\]$/.test(field.path))
          .flatMap((container) => check(container, pod, given)),
  );
  return { ...rule, check: (subject, given) => (serving.has(subject.object.kind) ? rule.check(subject, given) : []) };
}

const others = z
  .array(z.enum(["livenessProbe", "readinessProbe", "startupProbe"]))
  .default([])
  .describe("probes that will do in its place");

/** A rule that each container which serves has this probe, or another that will do. Presence decides. */
function required(key: string, about: Pick<About, "id" | "description" | "why" | "demands" | "rows">): Rule {
  return servingRule(
    { ...about, severity: "medium", levels: advisedFromStagingOn, parameters: z.strictObject({ others }) },
    ({ field, name }, _pod, given) => {
      const probe = field.at(key);
      if (given.others.some((other) => !field.at(other).absent && !field.at(other).open)) return [];
      return refuseAbsent(probe, { problem: "is not set", fix: "ask a path or a port of its own" }, name);
    },
  );
}

export const livenessProbe = required("livenessProbe", {
  id: "liveness-probe",
  description: "Every container that serves has a liveness probe, so that one that hangs is started anew.",
  why: "A process that hangs has not ended: it keeps its place and answers nobody until somebody notices.",
  demands: ["R-12", "R-52"],
  rows: ["E01"],
});

export const readinessProbe = required("readinessProbe", {
  id: "readiness-probe",
  description: "Every container that serves has a readiness probe, so that none is asked before it can answer.",
  why: "At every release, requests are sent to pods that are still starting, and fail.",
  demands: ["R-12", "R-52"],
  rows: ["E02"],
});

export const probesDiffer = servingRule(
  {
    id: "probes-differ",
    description: "Liveness is not readiness: one that is merely busy would be started anew.",
    why: "A database that is slow for a minute has every pod started anew, all at once, and a pause becomes an outage.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["E03"],
  },
  ({ field, name }) => {
    const [live, ready] = ["livenessProbe", "readinessProbe"].map((key) => field.at(key)) as [Field, Field];
    if (live.absent || ready.absent) return [];
    const open = [live, ready].flatMap((probe) => [...probe.leaves()]).find(({ unknown }) => unknown);
    if (open) return [notDecided(open, name)];
    return text(live) === text(ready)
      ? [finding(live, { problem: "is the readiness probe", fix: "ask something shallow" }, name)]
      : [];
  },
);

/** All that is stated, in one order. */
function text(probe: Field): string {
  return [...probe.leaves()]
    .map((leaf) => `${leaf.path.slice(probe.path.length)}=${leaf.text}`)
    .sort()
    .join();
}
