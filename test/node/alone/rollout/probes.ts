import { profiles } from "../../../../core/profile.ts";
import type { Row } from "./row.ts";

/** How a pod is seen to be well: each change of it is a release, and one that asks for what isn't there must not come about. */
export const probes: Row[] = [
  { name: "another path of the startup probe", change: () => ({ health: { start: "/ready" } }) },
  { name: "another path of the readiness probe", change: () => ({ health: { ready: "/live" } }) },
  { name: "another path of the liveness probe", change: () => ({ health: { live: "/ready", start: "/live" } }) },
  { name: "less time to start", change: () => ({ health: { startSeconds: 30 } }) },
  {
    name: "a startup probe of a path that is not there",
    change: () => ({ health: { start: "/nowhere" } }),
    says: /Startup probe failed/,
  },
  {
    name: "a readiness probe of a path that is not there",
    change: () => ({ health: { ready: "/nowhere" } }),
    says: /Readiness probe failed/,
  },
  {
    name: "a liveness probe of a path that is not there",
    before: { minReadySeconds: profiles.production.minReadySeconds },
    change: () => ({ health: { live: "/nowhere", start: "/live" } }),
    says: /probe failed|of 2 pods are of the new version/,
    loses: "a pod's",
  },
];
