import { evictable } from "../../core/rules/availability/disruption.ts";
import { hasBudget } from "../../core/rules/relations/budgets.ts";
import { asRollout, manifest, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

export const replicas = (count?: unknown) => withPod({}, {}, count === undefined ? {} : { replicas: count });
export const budget = (spec: object, labels: object = { app: "web" }) =>
  manifest("PodDisruptionBudget", { spec: { selector: { matchLabels: labels }, ...spec } });
const scaler = (spec: object, name = "web") =>
  manifest("HorizontalPodAutoscaler", { spec: { scaleTargetRef: { kind: "Deployment", name }, ...spec } });
const keda = (spec: object) => manifest("ScaledObject", { spec: { scaleTargetRef: { name: "web" }, ...spec } });

table(hasBudget, {
  refuses: {
    "two pods and no budget": replicas(2),
    "one stated, two by an autoscaler": [replicas(1), scaler({ minReplicas: 2, maxReplicas: 4 })],
    "two pods of a Rollout and no budget": asRollout(replicas(2)),
    "two by KEDA": [replicas(), keda({ minReplicaCount: 2 })],
    "a budget for other pods": [replicas(2), budget({ maxUnavailable: 1 }, { app: "wbe" })],
    "a budget in another namespace": [
      replicas(2),
      { ...budget({ maxUnavailable: 1 }), metadata: { name: "web", namespace: "other" } },
    ],
    "a budget without a selector": [replicas(2), manifest("PodDisruptionBudget", { spec: { maxUnavailable: 1 } })],
  },
  passes: {
    "two pods and a budget": [replicas(2), budget({ maxUnavailable: 1 })],
    "two pods of a Rollout and a budget": [asRollout(replicas(2)), budget({ maxUnavailable: 1 })],
    "a budget for every pod": [replicas(3), manifest("PodDisruptionBudget", { spec: { selector: {} } })],
    "one pod": replicas(1),
    "nothing stated, which is one": replicas(),
    "another's autoscaler": [replicas(1), scaler({ minReplicas: 2 }, "other")],
    "a budget made elsewhere": { set: { external: ["web"] }, of: replicas(2) },
    "a DaemonSet": { ...replicas(), kind: "DaemonSet" },
  },
});

table(evictable, {
  refuses: {
    "as many must stay as an autoscaler keeps at least": [
      budget({ minAvailable: 2 }),
      replicas(),
      scaler({ minReplicas: 2 }),
    ],
    "a share that is all of them": [budget({ minAvailable: "60%" }), replicas(2)],
    "the only pod": [budget({ minAvailable: 1 }), replicas()],
  },
  passes: {
    "an autoscaler that keeps more": [budget({ minAvailable: 2 }), replicas(2), scaler({ minReplicas: 3 })],
    "a share that leaves one": [budget({ minAvailable: "50%" }), replicas(2)],
    "the pods of two workloads": [
      budget({ minAvailable: 2 }),
      replicas(2),
      { ...replicas(2), metadata: { name: "canary", namespace: "shop" } },
    ],
    "as many as there are nodes": [budget({ minAvailable: 2 }), { ...replicas(), kind: "DaemonSet" }],
  },
});
