import type { Answer, Cluster, Live } from "../../core/cluster/cluster.ts";
import type { Answered } from "./asked.ts";
import { hidden, unseen } from "./hidden.ts";

const well = new Set(["ok", "healthy", "pass", "up"]);

function isWell({ status, body }: Answer): boolean {
  const told = statusIn(body);
  return isDone(status) && (told === undefined || well.has(told.toLowerCase()));
}

function isDone(status: number): boolean {
  return status >= 200 && status <= 299;
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

/** What is not well with an answer. A password in it may stand astride the cut: it is blacked out first. */
async function problemOf(cluster: Cluster, pod: Live, { status, body }: Answer): Promise<string> {
  const what = isDone(status) ? `the status "${statusIn(body)}"` : body;
  const told = (await hidden(cluster, pod, what))?.replace(/\s+/g, " ").slice(0, 200) ?? `(${unseen})`;
  return isDone(status) ? `answered ${status} with ${told}` : `answered ${status}: ${told || "nothing"}`;
}

/** Asks a pod once; without a problem where it answers well. */
export async function ask(cluster: Cluster, pod: Live, port: number, path: string): Promise<Answered> {
  const { name } = pod.metadata;
  const since = performance.now();
  const took = () => performance.now() - since;
  try {
    const answer = await cluster.askPod(name, port, path);
    const milliseconds = took();
    if (isWell(answer)) return { milliseconds };
    return { milliseconds, problem: `pod ${name}: ${path} ${await problemOf(cluster, pod, answer)}` };
  } catch (error) {
    return { milliseconds: took(), problem: `pod ${name}: ${path}: ${(error as Error).message}` };
  }
}
