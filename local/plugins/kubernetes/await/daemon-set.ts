import { at, type KubeObject, number } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { ownedPods } from "./owned.ts";
import { podProblems } from "./pods.ts";
import { warnings } from "./warnings.ts";

export const daemonSet: Awaiter = {
  verdict: daemonSetVerdict,
  async problems(live, client) {
    return [...(await warnings(client, live)), ...(await podProblems(client, await ownedPods(client, live)))];
  },
};

export function daemonSetVerdict(live: KubeObject): Verdict {
  const count = (field: string) => number(at(live, "status", field));
  if (count("observedGeneration") < number(live.metadata.generation))
    return waitingFor("the controller to see the change");
  const [wanted, available, updated] = [
    count("desiredNumberScheduled"),
    count("numberAvailable"),
    count("updatedNumberScheduled"),
  ];
  const onDelete = at(live, "spec", "updateStrategy", "type") === "OnDelete";
  if (!onDelete && updated < wanted) return waitingFor(`${updated} of ${wanted} pods are of the new version`);
  return available < wanted ? waitingFor(`${available} of ${wanted} pods are available`) : ready;
}
