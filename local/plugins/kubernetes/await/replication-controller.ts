import { at, type KubeObject, number } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { warnings } from "./warnings.ts";

export const replicationController: Awaiter = {
  verdict: replicationControllerVerdict,
  problems: (live, client) => warnings(client, live),
};

export function replicationControllerVerdict(live: KubeObject): Verdict {
  if (number(at(live, "status", "observedGeneration")) < number(live.metadata.generation)) {
    return waitingFor("the controller to see the change");
  }
  const wanted = number(at(live, "spec", "replicas") ?? 1);
  const available = number(at(live, "status", "availableReplicas"));
  return available < wanted ? waitingFor(`${available} of ${wanted} pods are available`) : ready;
}
