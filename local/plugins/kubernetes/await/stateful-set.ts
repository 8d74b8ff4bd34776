import { at, type KubeObject, number } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { ownedPods } from "./owned.ts";
import { podProblems } from "./pods.ts";
import { warnings } from "./warnings.ts";

export const statefulSet: Awaiter = {
  verdict: statefulSetVerdict,
  async problems(live, client) {
    return [...(await warnings(client, live)), ...(await podProblems(client, await ownedPods(client, live)))];
  },
};

export function statefulSetVerdict(live: KubeObject): Verdict {
  const wanted = at(live, "spec", "replicas") === undefined ? 1 : number(at(live, "spec", "replicas"));
  const status = (field: string) => at(live, "status", field);
  if (number(status("observedGeneration")) < number(live.metadata.generation)) {
    return waitingFor("the controller to see the change");
  }
  const readyPods = number(status("readyReplicas"));
  if (readyPods < wanted) return waitingFor(`${readyPods} of ${wanted} pods are ready`);
  if (at(live, "spec", "updateStrategy", "type") === "OnDelete") return ready;
  const partition = number(at(live, "spec", "updateStrategy", "rollingUpdate", "partition"));
  const [updated, expected] = [number(status("updatedReplicas")), Math.max(0, wanted - partition)];
  if (status("updateRevision") !== status("currentRevision") && updated < expected) {
    return waitingFor(`${updated} of ${expected} pods are of the new version`);
  }
  const settled = partition > 0 || status("updateRevision") === status("currentRevision");
  return settled ? ready : waitingFor("the new version to become the current one");
}
