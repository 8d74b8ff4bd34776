import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { hidden, unseen } from "./hidden.ts";
import { isReady } from "./pods.ts";

/** Why pods can't serve, of the first that can't: the state of its containers, what the cluster says, its last words. */
export async function troubleOf(cluster: Cluster, pods: Live[]): Promise<string> {
  const pod = pods.find((one) => !isReady(one)) ?? pods[0];
  if (!pod) return "it has no pods";
  const told = [...stateOf(pod), ...(await saidOf(cluster, pod))];
  const what = [...new Set(told)].join("; ") || "it is not ready";
  return `pod ${pod.metadata.name}: ${what}`;
}

interface State {
  waiting?: { reason?: string; message?: string };
  terminated?: { exitCode: number; reason?: string };
}

function stateOf(pod: Live): string[] {
  const unscheduled = (pod["status"]?.conditions ?? []).find(
    (one: { type: string; status: string }) => one.type === "PodScheduled" && one.status === "False",
  );
  const statuses: { name: string; state?: State; lastState?: State; ready: boolean }[] =
    pod["status"]?.containerStatuses ?? [];
  const states = statuses.flatMap(({ name, state = {}, lastState = {} }) => {
    const ended = state.terminated ?? lastState.terminated;
    const reason = state.waiting?.reason;
    return [
      ...(reason && reason !== "ContainerCreating" ? [`container ${name} is waiting: ${reason}`] : []),
      ...(ended && ended.exitCode !== 0 ? [`container ${name} ended with exit code ${ended.exitCode}`] : []),
    ];
  });
  return [...(unscheduled ? [String(unscheduled.message)] : []), ...states];
}

const lines = 3;

/** The last warnings of the cluster, some of which quote what a probe was answered, and of its log the last lines. */
async function saidOf(cluster: Cluster, pod: Live): Promise<string[]> {
  const warnings = await warningsOf(cluster, pod);
  const words = await lastWordsOf(cluster, pod);
  const said = [...warnings, ...(words ? [`its last words: ${words}`] : [])];
  const told = await Promise.all(said.map((one) => hidden(cluster, pod, one)));
  return told.map((one) => one?.replace(/\s*\n\s*/g, " | ").slice(0, 600) ?? unseen);
}

async function warningsOf(cluster: Cluster, pod: Live): Promise<string[]> {
  const events = await cluster
    .list("Event", {}, { "involvedObject.name": pod.metadata.name, type: "Warning" })
    .catch(() => []);
  return events
    .map((event) => String(event["message"] ?? "").trim())
    .filter(Boolean)
    .slice(-2);
}

async function lastWordsOf(cluster: Cluster, pod: Live): Promise<string> {
  const again = (pod["status"]?.containerStatuses ?? []).some((one: { restartCount?: number }) => one.restartCount);
  const log = await cluster.log(pod.metadata.name, lines, Boolean(again)).catch(() => "");
  return log.trim();
}
