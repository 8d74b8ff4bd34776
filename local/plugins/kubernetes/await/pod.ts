import { at, type KubeObject, text } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { isReady, podProblems } from "./pods.ts";

export const pod: Awaiter = {
  verdict: podVerdict,
  problems: (live, client) => podProblems(client, [live]),
};

export function podVerdict(live: KubeObject): Verdict {
  if (isReady(live)) return ready;
  const phase = text(at(live, "status", "phase")) || "Pending";
  if (phase === "Failed") return { ready: false, failed: true, waiting: "the Pod failed" };
  return waitingFor(`the Pod to be ready (it is ${phase})`);
}
