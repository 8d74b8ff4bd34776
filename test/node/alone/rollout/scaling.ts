import { eventually } from "../../eventually.ts";
import { load, type Outcome } from "../../load.ts";
import type { RollingSystem } from "./rollingSystem.ts";

/** At `busy` requests a second two pods use more than one and a half times this share, at `calm` four use less than half of it. */
const scale = { min: 2, max: 4, cpuPercent: 20, downSeconds: 15 };
const busy = 200;
const calm = 5;

/** What the autoscaler did, and what became of the requests meanwhile. */
export interface Scaled {
  replicas: string;
  seconds: number;
  outcome: Outcome;
}

/** From two replicas to four under load, and back to two when there is little of it. */
export async function scaled(system: RollingSystem): Promise<Scaled[]> {
  await system.settle({ scale });
  await available(system, scale.min); // the start of a process is a load too
  const up = await load(`${system.address}/`, () => available(system, scale.max), 0, busy);
  const down = await load(`${system.address}/`, () => backTo(system, scale.min), 0, calm);
  return [
    { replicas: "2 to 4, under load", seconds: up.result, outcome: up.outcome },
    { replicas: "4 to 2, after it", seconds: down.result, outcome: down.outcome },
  ];
}

/** Resolves once so many replicas are there, to the seconds that it took. */
async function available(system: RollingSystem, replicas: number): Promise<number> {
  const since = Date.now();
  const counts = () => system.deployment("{.spec.replicas} {.status.availableReplicas}");
  await eventually(async () => (await counts()) === `${replicas} ${replicas}` || undefined);
  return (Date.now() - since) / 1000;
}

/** The load goes on until the last pod is gone: its end is a part of what is proven. */
async function backTo(system: RollingSystem, replicas: number): Promise<number> {
  const seconds = await available(system, replicas);
  await system.ended();
  return seconds;
}
