import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubectl } from "../kubectl.ts";
import type { Machine } from "../machine.ts";
import type { Pod } from "./servingPods.ts";

const tryFor = 120_000;

/** Moves pods away as a drain does: asks for all at once, and again where the API server says not yet. */
export async function evict(machine: Machine, pods: Pod[]): Promise<void> {
  await Promise.all(pods.map((pod) => evictOne(machine, pod)));
}

async function evictOne(machine: Machine, { namespace, name }: Pod): Promise<void> {
  const file = join(machine.home, `evict-${name}.json`);
  writeFileSync(file, JSON.stringify({ apiVersion: "policy/v1", kind: "Eviction", metadata: { namespace, name } }));
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction`;
  for (const deadline = Date.now() + tryFor; ; await new Promise((done) => setTimeout(done, 1_000))) {
    const problem = await kubectl(machine, "create", "--raw", path, "-f", file).then(
      () => undefined,
      (error: Error) => error,
    );
    if (!problem || /not found/.test(problem.message)) return;
    if (!/disruption budget/.test(problem.message) || Date.now() > deadline) throw problem;
  }
}
