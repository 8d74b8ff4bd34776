import type { PropertyMap } from "../../../grpc/values.ts";
import type { Client } from "../api/client.ts";
import { at, condition, type KubeObject, maps, number, text } from "../model/object.ts";
import { lastWords } from "./last-words.ts";
import { warnings } from "./warnings.ts";

/** Normal steps of a start, not problems. */
const starting = new Set(["ContainerCreating", "PodInitializing"]);
const most = 3;

/** Why pods are not ready: their own reasons, what the cluster says about them, and a failed container's last words. */
export async function podProblems(client: Client, pods: KubeObject[]): Promise<string[]> {
  const unready = pods.filter((pod) => !isReady(pod)).slice(0, most);
  const all = await Promise.all(
    unready.map(async (pod) => {
      const told = [...podReasons(pod), ...(await warnings(client, pod))];
      const words = await lastWords(client, pod);
      return [...told, ...words].map((problem) => `[pod ${pod.metadata.name}] ${problem}`);
    }),
  );
  return [...new Set(all.flat())];
}

export function isReady(pod: KubeObject): boolean {
  return at(pod, "status", "phase") === "Succeeded" || condition(pod, "Ready")?.["status"] === "True";
}

/** From the pod's status alone. */
export function podReasons(pod: KubeObject): string[] {
  const reasons: string[] = [];
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.["status"] === "False") reasons.push(`[${text(scheduled["reason"])}] ${text(scheduled["message"])}`);
  const [reason, message] = [text(at(pod, "status", "reason")), text(at(pod, "status", "message"))];
  if (reason !== "") reasons.push(`[${reason}] ${message}`);
  const statuses = ["initContainerStatuses", "containerStatuses"].flatMap((key) => maps(at(pod, "status", key)));
  return [...reasons, ...statuses.flatMap(containerReasons)];
}

function containerReasons(status: PropertyMap): string[] {
  const name = `container "${text(status["name"])}"`;
  const waiting = at(status, "state", "waiting");
  const ended = at(status, "state", "terminated") ?? at(status, "lastState", "terminated");
  const reasons: string[] = [];
  if (waiting !== undefined && !starting.has(text(at(waiting, "reason")))) {
    const message = text(at(waiting, "message"));
    reasons.push(`${name} is waiting: ${text(at(waiting, "reason"))}${message && `: ${message}`}`);
  }
  const code = number(at(ended, "exitCode"));
  if (ended !== undefined && code !== 0) {
    reasons.push(`${name} ended with exit code ${code} (${text(at(ended, "reason")) || "Error"})`);
  }
  if (at(status, "state", "running") !== undefined && status["ready"] === false && status["started"] !== undefined) {
    reasons.push(`${name} is running but not ready`);
  }
  return reasons;
}
