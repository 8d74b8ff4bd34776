import type { Step } from "../steps.ts";
import { type KubeTarget, kubectl } from "./kubectl.ts";

const lines = 'jsonpath={range .items[?(@.metadata.deletionTimestamp)]}{.metadata.name}{"\\n"}{end}';

/** Waits for those of the namespaces to be gone that are being removed: nothing can be made in them, and a refresh still sees them. */
export async function awaitEnds(step: Pick<Step, "say">, target: KubeTarget, namespaces: string[]): Promise<void> {
  const ending = (await kubectl(target, "get", "namespaces", "--output", lines)).split("\n");
  for (const name of namespaces.filter((one) => ending.includes(one))) {
    step.say(`waiting for namespace ${name}, which is being removed`);
    await kubectl(target, "wait", "--for=delete", `namespace/${name}`, "--timeout=5m");
  }
}
