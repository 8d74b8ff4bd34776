import type { Prohibition } from "./deviation.ts";
import { container, object, refusing } from "./parts.ts";

const without = (probe: string) => container(probe, () => undefined);
const strategy = { of: "Deployment api", field: "spec.strategy", to: () => ({ type: "Recreate" }) };
const unavailable = (count: number | string) => ({
  of: "Deployment api",
  field: "spec.strategy.rollingUpdate.maxUnavailable",
  to: () => count,
});
const uploads = {
  of: "Deployment api",
  field: "spec.template.spec.volumes",
  to: (own: object[]) => [...own, { name: "uploads", persistentVolumeClaim: { claimName: "uploads" } }],
};
const binding = (name: string) =>
  object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "api", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name: "api", namespace: "avnir-production" }],
  });
const memory = (limit: string) => ({
  stack: "staging",
  changes: [container("resources.limits.memory", () => limit)],
  set: refusing("memory-ceiling", { memory: { most: "512Mi" } }),
});
/** What runs: from which image, with which rights, and whether it goes on answering. */
export const workloads: readonly Prohibition[] = [
  {
    demand: "R-11",
    does: "stops the API before it starts the new one",
    rule: "rolling-update",
    refused: { changes: [strategy] },
    passes: { stack: "dev", changes: [strategy] },
  },
  {
    demand: "R-12",
    does: "does not say when the API is ready",
    rule: "readiness-probe",
    refused: { changes: [without("readinessProbe")] },
    passes: { stack: "dev", changes: [without("readinessProbe")] },
  },
  {
    demand: "R-26",
    does: "takes a tag in staging",
    rule: "immutable-image-tag",
    refused: { stack: "staging", changes: [container("image", () => "registry.example/avnir/api:1.2")] },
    passes: { stack: "dev", changes: [container("image", () => "registry.example/avnir/api:1.2")] },
  },
  {
    demand: "R-27",
    does: "takes a tag that moves, in dev",
    rule: "immutable-image-tag",
    refused: { stack: "dev", changes: [container("image", () => "registry.example/avnir/api:latest")] },
    passes: { stack: "dev", changes: [container("image", () => "registry.example/avnir/api:1.2")] },
  },
  {
    demand: "R-32",
    does: "keeps the API's files on a volume",
    rule: "stateless-app",
    refused: { changes: [uploads] },
    passes: { stack: "dev", changes: [uploads] },
  },
  {
    demand: "R-40",
    does: "makes the API an administrator of the cluster",
    rule: "no-cluster-admin",
    refused: { adds: [binding("cluster-admin")] },
    passes: { adds: [binding("view")] },
  },
  {
    demand: "R-48",
    does: "lets the API change its own container",
    rule: "read-only-root",
    refused: {
      changes: [container("securityContext.readOnlyRootFilesystem", () => false)],
      set: refusing("read-only-root"),
    },
    passes: { set: refusing("read-only-root") },
  },
  {
    demand: "R-52",
    does: "does not say whether the API lives",
    rule: "liveness-probe",
    refused: { changes: [without("livenessProbe")] },
    passes: { stack: "dev", changes: [without("livenessProbe")] },
  },
  {
    demand: "R-55",
    does: "takes every instance away at once",
    rule: "zero-downtime-rollout",
    refused: { changes: [unavailable("100%")] },
    passes: { changes: [unavailable(0)] },
  },
  {
    demand: "R-57",
    does: "may use 1 GiB",
    rule: "memory-ceiling",
    refused: memory("1Gi"),
    passes: memory("512Mi"),
  },
  {
    demand: "R-61",
    does: "is watched by nobody",
    rule: "app-is-monitored",
    refused: { config: { "palier:monitoring": "skip" }, set: refusing("app-is-monitored") },
    passes: { set: refusing("app-is-monitored") },
  },
];
