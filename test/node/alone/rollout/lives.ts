import type { Row } from "./row.ts";

/** How a pod begins and ends. */
export const lives: Row[] = [
  { name: "a start of 30 s", change: ({ other }) => ({ image: other, startDelay: 30 }) },
  {
    name: "a start of 2 s, without probes that wait for it",
    before: { without: "probes" },
    loses: "some",
    short: true,
  },
  { name: "requests of 20 s and WebSockets, open meanwhile", heldSeconds: 20 },
  {
    name: "the same, without the time to end",
    before: { shutdown: { drainSeconds: 1 } },
    heldSeconds: 20,
    loses: "some",
  },
  { name: "a process that ends at once when told to", before: { drain: 0 } },
  {
    name: "the same, without preStop",
    // Each end loses a request or two: more pods, so that it never is none.
    before: { drain: 0, shutdown: { preStopSeconds: 0 }, scale: { min: 4, max: 4 } },
    loses: "some",
  },
  { name: "a start of 10 s, without maxUnavailable 0", before: { startDelay: 10, without: "surge" }, loses: "some" },
];
