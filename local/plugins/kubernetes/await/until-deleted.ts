import { setTimeout as sleep } from "node:timers/promises";
import { isNotFound, Unreachable } from "../../../../core/cluster/apiError.ts";
import type { Client } from "../api/client.ts";
import { at, type KubeObject, maps, number, type Reference, text, title } from "../model/object.ts";
import type { Session } from "../session.ts";

const [firstPause, longestPause] = [100, 1000];

/** Waits until the object is gone, or another one has taken its name. Never taken for done when time is over. */
export async function untilDeleted(
  session: Session,
  client: Client,
  { urn, ref, uid, timeoutSeconds }: { urn: string; ref: Reference; uid: string; timeoutSeconds: number },
): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  let said = "";
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.4)) {
    const live = await look(client, ref);
    if (live === "gone" || (live !== undefined && uid !== "" && live.metadata.uid !== uid)) break;
    const left = live === undefined ? "the API server to answer" : remains(live);
    if (session.signal.aborted) throw new Error(`${describe(ref)} was being deleted when the operation was cancelled`);
    if (Date.now() >= deadline) {
      throw new Error(
        `timed out after ${timeoutSeconds} s waiting for ${describe(ref)} to be deleted: it waits for ${left}`,
      );
    }
    if (left !== said) await session.log.log("info", `waiting for ${left}`, { urn, status: true });
    said = left;
    await sleep(Math.min(pause, Math.max(0, deadline - Date.now())));
  }
  if (said !== "") await session.log.log("info", "", { urn, status: true });
}

function describe({ kind, namespace, name }: Reference): string {
  return title({ kind, metadata: { namespace, name } });
}

async function look(client: Client, ref: Reference): Promise<KubeObject | "gone" | undefined> {
  try {
    return await client.get(ref);
  } catch (error) {
    if (isNotFound(error)) return "gone";
    if (error instanceof Unreachable) return undefined;
    throw error;
  }
}

/** What keeps a deleted object: in a namespace the objects in it, else its finalizers. */
export function remains(live: KubeObject): string {
  const contents = maps(at(live, "status", "conditions"))
    .filter(({ status, type }) => status === "True" && text(type).startsWith("Namespace"))
    .map(({ message }) => text(message));
  if (live.kind === "Namespace" && contents.length > 0) return contents.join("; ");
  const finalizers = [...(live.metadata.finalizers ?? [])];
  const replicas = number(at(live, "status", "replicas"));
  if (replicas > 0) return `${replicas} pods to end`;
  return finalizers.length > 0 ? `finalizers ${finalizers.join(", ")}` : "its end";
}
