import { fitsQuota } from "../../core/rules/relations/quota.ts";
import { asRollout, type Manifest, manifest } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

export const quota = (hard: object, more: object = {}) =>
  manifest("ResourceQuota", { spec: { hard, ...more } }, { name: "quota" });
const asking = (cpu: string, memory = "256Mi") => ({ resources: { requests: { cpu, memory }, limits: { memory } } });
const workload = (kind: string, name: string, spec: object, pod: object): Manifest =>
  manifest(kind, { spec: { ...spec, template: { spec: pod } } }, { name });
export const api = (cpu: string, spec: object = { replicas: 2 }, pod: object = {}) =>
  workload(
    "Deployment",
    "api",
    { strategy: { rollingUpdate: { maxSurge: 1 } }, ...spec },
    { containers: [asking(cpu)], ...pod },
  );
export const db = workload(
  "StatefulSet",
  "db",
  { volumeClaimTemplates: [{ spec: { resources: { requests: { storage: "20Gi" } } } }] },
  { containers: [asking("500m", "2Gi")] },
);
export const job = workload("Job", "migrate", {}, { containers: [asking("500m")] });
const usual = manifest("LimitRange", {
  spec: { limits: [{ type: "Container", defaultRequest: { cpu: "300m" }, default: { memory: "1Gi" } }] },
});
const asksNothing = workload("Deployment", "plain", { replicas: 4 }, { containers: [{}] });

table(fitsQuota, {
  refuses: {
    "replicas that ask for more processor": [quota({ "requests.cpu": "1" }), api("600m")],
    "a Rollout's pods": [quota({ "requests.cpu": "1" }), asRollout(api("600m"))],
    "several workloads' memory": [quota({ "requests.memory": "2Gi" }), api("100m"), db],
    "limits that are allowed together": [quota({ "limits.memory": "1Gi" }), db],
    "more pods": [quota({ pods: "2" }), api("100m"), db],
    "larger volumes": [quota({ "requests.storage": "10Gi" }), db],
    "a claim besides": [
      quota({ "requests.storage": "21Gi" }),
      db,
      manifest("PersistentVolumeClaim", { spec: { resources: { requests: { storage: "5Gi" } } } }, { name: "files" }),
    ],
    "a sidecar": [
      quota({ cpu: "1" }),
      api("300m", { replicas: 2 }, { initContainers: [{ restartPolicy: "Always", ...asking("300m") }] }),
    ],
    "what starts with more": [
      quota({ cpu: "1" }),
      api("100m", { replicas: 2 }, { initContainers: [asking("600m"), asking("100m")] }),
    ],
    "what the namespace gives to who asks for nothing": [quota({ "requests.cpu": "1" }), asksNothing, usual],
    "a limit that counts as the request": [
      quota({ "requests.cpu": "1" }),
      workload("Deployment", "api", { replicas: 2 }, { containers: [{ resources: { limits: { cpu: "1" } } }] }),
    ],
  },
  passes: {
    "what is within, a rollout and a Job too": [quota({ "requests.cpu": "2", pods: "10" }), api("500m"), job],
    "a Rollout that replaces one pod at a time": [
      quota({ "requests.cpu": "1" }),
      asRollout(api("300m"), { canary: { maxSurge: 1 } }),
    ],
    "one that is replaced at once": [quota({ cpu: "1" }), api("500m", { replicas: 2, strategy: { type: "Recreate" } })],
    "one that counts some pods only": [quota({ cpu: "1" }, { scopes: ["BestEffort"] }), api("600m")],
    "what it does not count": [quota({ "count/secrets": "1", services: "1" }), api("600m")],
    "a namespace without pods": quota({ cpu: "1" }),
    "another kind": db,
  },
});
