import { autoscaledRequests } from "../../core/rules/availability/autoscaledRequests.ts";
import { scaleRange } from "../../core/rules/availability/autoscaling.ts";
import { evictable, evictionPolicy } from "../../core/rules/availability/disruption.ts";
import { priorityClass } from "../../core/rules/availability/priority.ts";
import { probeBudget } from "../../core/rules/availability/probeBudget.ts";
import { probePorts } from "../../core/rules/availability/probePorts.ts";
import { livenessProbe, probesDiffer, readinessProbe } from "../../core/rules/availability/probes.ts";
import { probeTimings } from "../../core/rules/availability/probeTimings.ts";
import { severalReplicas } from "../../core/rules/availability/replicas.ts";
import { spread } from "../../core/rules/availability/spread.ts";
import { fromStagingOn } from "../../core/rules/levels.ts";
import { strictWhereServed } from "../../core/rules/relations/served.ts";
import type { Rule } from "../../core/rules/rule.ts";

const probed = { levels: fromStagingOn, demands: ["R-12", "R-52"] };

export const availability: readonly Rule[] = [
  probePorts,
  scaleRange,
  autoscaledRequests,
  strictWhereServed(livenessProbe, probed),
  probesDiffer,
  strictWhereServed(readinessProbe, probed),
  probeBudget,
  severalReplicas,
  evictable,
  evictionPolicy,
  spread,
  priorityClass,
  probeTimings,
];
