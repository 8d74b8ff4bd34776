import type { Client } from "../api/client.ts";
import { at, condition, type KubeObject, number, text } from "../model/object.ts";
import type { Awaiter, Verdict } from "./awaiter.ts";
import { ready, waitingFor } from "./awaiter.ts";
import { isOwnedBy, selectedBy } from "./owned.ts";
import { podProblems } from "./pods.ts";
import { warnings } from "./warnings.ts";

const revision = "deployment.kubernetes.io/revision";

/**
 * Rolled out: the controller has seen this generation, and all its pods are the new ones, and available. As with the
 * official provider a passed progress deadline is a reason in the error, not the end of waiting: pods may still come.
 */
export const deployment: Awaiter = {
  verdict: deploymentVerdict,
  async problems(live, client) {
    const pods = await newestPods(live, client);
    return [...conditions(live), ...(await warnings(client, live)), ...(await podProblems(client, pods))];
  },
};

export function deploymentVerdict(live: KubeObject): Verdict {
  const wanted = at(live, "spec", "replicas") === undefined ? 1 : number(at(live, "spec", "replicas"));
  const count = (field: string) => number(at(live, "status", field));
  if (count("observedGeneration") < number(live.metadata.generation))
    return waitingFor("the controller to see the change");
  if (at(live, "spec", "paused") === true) return ready;
  const [updated, all, available, readyPods] = [
    "updatedReplicas",
    "replicas",
    "availableReplicas",
    "readyReplicas",
  ].map(count) as [number, number, number, number];
  if (updated < wanted) return waitingFor(`${updated} of ${wanted} pods are of the new version`);
  if (all > updated) return waitingFor(`${all - updated} pods of the old version to end`);
  if (available < wanted || readyPods < wanted) return waitingFor(`${available} of ${wanted} pods are available`);
  return condition(live, "Available")?.["status"] === "True" ? ready : waitingFor("the Deployment to be available");
}

function conditions(live: KubeObject): string[] {
  const wrong = { Progressing: "False", Available: "False", ReplicaFailure: "True" };
  return Object.entries(wrong)
    .map(([type, status]) => ({ status, found: condition(live, type) }))
    .filter(({ status, found }) => found?.["status"] === status)
    .map(({ found }) => `[${text(found!["reason"])}] ${text(found!["message"])}`);
}

async function newestPods(live: KubeObject, client: Client): Promise<KubeObject[]> {
  const [sets, pods] = await Promise.all([
    selectedBy(client, live, "apps/v1", "ReplicaSet"),
    selectedBy(client, live, "v1", "Pod"),
  ]);
  const current = live.metadata.annotations?.[revision];
  const newest = sets.find((set) => isOwnedBy(set, live) && set.metadata.annotations?.[revision] === current);
  return newest === undefined ? [] : pods.filter((pod) => isOwnedBy(pod, newest));
}
