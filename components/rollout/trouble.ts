import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { isReady } from "./pods.ts";

/** Why pods can't serve, of the first that can't: the state of its containers, what the cluster says, its last words. */
export async function troubleOf(cluster: Cluster, pods: Live[]): Promise<string> {
  const pod = pods.find((one) => !isReady(one)) ?? pods[0];
  if (!pod) return "it has no pods";
  const told = [...stateOf(pod), ...(await warningsOf(cluster, pod)), ...(await lastWordsOf(cluster, pod))];
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

async function warningsOf(cluster: Cluster, pod: Live): Promise<string[]> {
  const events = await cluster
    .list("Event", {}, { "involvedObject.name": pod.metadata.name, type: "Warning" })
    .catch(() => []);
  return events
    .map((event) => String(event["message"] ?? "").trim())
    .filter(Boolean)
    .slice(-2);
}

const lines = 3;

/** Programs print what they should not: without knowing the pod's secrets, nothing of its log is shown. */
async function lastWordsOf(cluster: Cluster, pod: Live): Promise<string[]> {
  try {
    const secrets = await secretsOf(cluster, pod);
    const again = (pod["status"]?.containerStatuses ?? []).some((one: { restartCount?: number }) => one.restartCount);
    const log = (await cluster.log(pod.metadata.name, lines, Boolean(again))).trim();
    const hidden = secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), log);
    return hidden ? [`its last words: ${hidden.replace(/\s*\n\s*/g, " | ").slice(0, 600)}`] : [];
  } catch {
    return [];
  }
}

async function secretsOf(cluster: Cluster, pod: Live): Promise<string[]> {
  const text = JSON.stringify(pod["spec"]);
  const named =
    /"(?:secretKeyRef|secretRef)":\{[^}]*?"name":"([^"]+)"|"secret":\{[^}]*?"(?:secretName|name)":"([^"]+)"/g;
  const names = new Set([...text.matchAll(named)].map(([, one, other]) => (one ?? other)!));
  const all = await Promise.all([...names].map((name) => cluster.get("Secret", name)));
  return all
    .flatMap((secret) => Object.values((secret?.["data"] ?? {}) as Record<string, string>))
    .flatMap((value) => {
      const clear = Buffer.from(value, "base64").toString("utf8");
      return [clear, ...clear.split("\n"), ...passwordsIn(clear)];
    })
    .filter((value) => value.length >= 6)
    .sort((a, b) => b.length - a.length);
}

/** Of an address, its password alone, which programs also print apart. */
function passwordsIn(text: string): string[] {
  const found = /^[a-z+]+:\/\/[^:@/]*:([^@/]+)@/.exec(text)?.[1];
  return found ? [found, decodeURIComponent(found)] : [];
}
