import type { Cluster, Live } from "../../core/cluster/cluster.ts";

/** In place of what may not be shown. */
export const unseen = "what it says is not shown, since the values of its Secrets can't be read to black them out";

/** Pods are asked up to ten times a second, and what one has read of its Secrets stays as it was when it started. */
const known = new WeakMap<Cluster, Map<string, Promise<string[]>>>();

/**
 * What a pod printed or answered, with the values of its Secrets blacked out: programs tell what they should not. Undefined where
 * those can't be read: then nothing of it may be shown.
 */
export async function hidden(cluster: Cluster, pod: Live, text: string): Promise<string | undefined> {
  try {
    const secrets = await secretsOnce(cluster, pod);
    return secrets.reduce((told, secret) => told.replaceAll(secret, "[secret]"), text);
  } catch {
    return undefined;
  }
}

function secretsOnce(cluster: Cluster, pod: Live): Promise<string[]> {
  const pods = known.get(cluster) ?? new Map<string, Promise<string[]>>();
  known.set(cluster, pods);
  const { name } = pod.metadata;
  const before = pods.get(name);
  if (before) return before;
  const secrets = secretsOf(cluster, pod);
  pods.set(name, secrets);
  secrets.catch(() => pods.delete(name));
  return secrets;
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
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
    .filter((value) => value.length >= 6)
    .sort((a, b) => b.length - a.length);
}

/** Of an address, its password alone, which programs also print apart. */
function passwordsIn(text: string): string[] {
  const found = /^[a-z+]+:\/\/[^:@/]*:([^@/]+)@/.exec(text)?.[1];
  return found ? [found, decodeURIComponent(found)] : [];
}
