import { eventually } from "../../eventually.ts";
import type { RollingSystem } from "./rollingSystem.ts";
import type { Row } from "./row.ts";

const busy = 10; // percent: at a hundred requests a second every pod is above that

/** What changes besides the version. */
export const changes: Row[] = [
  { name: "another variable", change: ({ now }) => ({ greeting: `${now.greeting}!` }) },
  { name: "another secret", change: ({ now }) => ({ secretLength: now.secretLength + 1 }) },
  {
    name: "the autoscaler on",
    change: () => ({ scale: { min: 2, max: 3, cpuPercent: busy } }),
    meanwhile: (system) => scaledTo(system, 3),
  },
  {
    name: "a good version, while the autoscaler adds pods",
    before: { scale: { min: 2, max: 3, cpuPercent: busy }, startDelay: 10 },
    change: ({ other }) => ({ image: other, scale: { min: 2, max: 5, cpuPercent: busy } }),
    meanwhile: (system) => scaledTo(system, 4),
  },
  {
    name: "the autoscaler off",
    before: { scale: { min: 2, max: 5, cpuPercent: busy } },
    change: () => ({ scale: { min: 2, max: 2 } }),
  },
  {
    name: "a good version, after the autoscaler was off",
    before: { scale: { min: 2, max: 2 } },
    change: ({ other }) => ({ image: other }),
  },
];

async function scaledTo(system: RollingSystem, replicas: number): Promise<void> {
  await eventually(async () => Number(await system.deployment("{.spec.replicas}")) >= replicas || undefined);
}
