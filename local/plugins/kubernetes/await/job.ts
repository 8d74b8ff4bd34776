import { at, condition, type KubeObject, number, text } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { ownedPods } from "./owned.ts";
import { podProblems } from "./pods.ts";
import { warnings } from "./warnings.ts";

/** Done when its pods have succeeded. A failed Job ends the waiting at once. */
export const job: Awaiter = {
  verdict: jobVerdict,
  async problems(live, client) {
    return [...(await warnings(client, live)), ...(await podProblems(client, await ownedPods(client, live)))];
  },
};

export function jobVerdict(live: KubeObject): Verdict {
  const failed = condition(live, "Failed");
  if (failed?.["status"] === "True") {
    return { ready: false, failed: true, waiting: `[${text(failed["reason"])}] ${text(failed["message"])}` };
  }
  if (condition(live, "Complete")?.["status"] === "True") return ready;
  if (condition(live, "Suspended")?.["status"] === "True") return waitingFor("the Job is suspended");
  const count = (field: string) => number(at(live, "status", field));
  const [active, failures] = [count("active"), count("failed")];
  return waitingFor(`the Job to complete (${active} active, ${failures} failed)`);
}
