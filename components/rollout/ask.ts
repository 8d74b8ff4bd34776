import type { Answer, Cluster } from "../../core/cluster/cluster.ts";

const well = new Set(["ok", "healthy", "pass", "up"]);

/** Undefined where the answer is well, else what is not. */
export function problemOf({ status, body }: Answer): string | undefined {
  if (status < 200 || status > 299) return `answered ${status}: ${shortened(body)}`;
  const told = statusIn(body);
  return told === undefined || well.has(told.toLowerCase()) ? undefined : `answered 200 with the status "${told}"`;
}

/** Contracts of health differ: some always answer 200, and only who reads the body learns of what is away. */
function statusIn(body: string): string | undefined {
  try {
    const { status } = JSON.parse(body);
    return typeof status === "string" ? status : undefined;
  } catch {
    return undefined;
  }
}

function shortened(body: string): string {
  return body.replace(/\s+/g, " ").slice(0, 200) || "nothing";
}

/** Asks a pod once; undefined where it answers well. */
export async function ask(cluster: Cluster, pod: string, port: number, path: string): Promise<string | undefined> {
  try {
    const problem = problemOf(await cluster.askPod(pod, port, path));
    return problem && `pod ${pod}: ${path} ${problem}`;
  } catch (error) {
    return `pod ${pod}: ${path}: ${(error as Error).message}`;
  }
}
