import type { Client } from "../api/client.ts";
import { at, type KubeObject, text } from "../model/object.ts";

const recent = 10 * 60_000;

/** What the cluster complained about this object lately, the newest of each reason. */
export async function warnings(client: Client, about: KubeObject): Promise<string[]> {
  const fieldSelector = `involvedObject.uid=${about.metadata.uid},type=Warning`;
  const namespace = about.metadata.namespace ?? "default";
  const events = await client.list("v1", "Event", namespace, { fieldSelector }).catch(() => []);
  return latest(events, Date.now());
}

export function latest(events: KubeObject[], now: number): string[] {
  const byReason = new Map<string, string>();
  for (const event of [...events].sort((a, b) => time(a) - time(b))) {
    if (now - time(event) <= recent) byReason.set(text(event["reason"]), text(event["message"]));
  }
  return [...byReason].map(([reason, message]) => `[${reason}] ${message.trim()}`);
}

function time(event: KubeObject): number {
  const stamps = [event["lastTimestamp"], at(event, "series", "lastObservedTime"), event["eventTime"]];
  const stamp = stamps.map(text).find(Boolean) ?? text(event.metadata["creationTimestamp"]);
  return Date.parse(stamp) || 0;
}
