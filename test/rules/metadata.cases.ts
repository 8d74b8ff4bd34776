import { servedApis } from "../../core/rules/metadata/apiVersions.ts";
import { noDefaultNamespace, noReservedNamespace, restrictedNamespace } from "../../core/rules/metadata/namespaces.ts";
import { requiredAnnotations, requiredLabels } from "../../core/rules/metadata/required.ts";
import { selectorMatches } from "../../core/rules/metadata/selectorMatches.ts";
import { storageClass } from "../../core/rules/storage/storageClass.ts";
import { asRollout, manifest, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const api = (apiVersion: string, kind: string) => manifest(kind, { apiVersion });
table(servedApis, {
  refuses: {
    "one that is gone": api("batch/v1beta1", "CronJob"),
    "one of a list, whose version is its own": manifest("CronJobList", {
      apiVersion: "batch/v1beta1",
      items: [{ metadata: { name: "web" } }],
    }),
    "one that went just now": api("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema"),
  },
  passes: {
    "one that is served": api("batch/v1", "CronJob"),
    "one that an older cluster serves": {
      set: { kubernetes: "1.24" },
      of: api("policy/v1beta1", "PodDisruptionBudget"),
    },
  },
});

table(noDefaultNamespace, {
  refuses: { "it by name": manifest("ConfigMap", {}, { namespace: "default" }) },
  passes: { another: manifest("ConfigMap"), "what has none": manifest("ClusterRole", {}, { namespace: undefined }) },
});

const namespace = (labels: object) => manifest("Namespace", {}, { labels });
table(restrictedNamespace, {
  refuses: {
    none: namespace({}),
    "one that lets everything pass": namespace({ "pod-security.kubernetes.io/enforce": "privileged" }),
  },
  passes: {
    one: namespace({ "pod-security.kubernetes.io/enforce": "restricted" }),
    "none, where none is required": { set: { required: false }, of: namespace({}) },
  },
});

table(requiredLabels, {
  refuses: {
    "a pod without": withPod({}),
    "a value of another form": {
      set: { labels: [{ key: "app", matches: "^v\\d+$" }] },
      of: withPod({}),
    },
    "an object without": { set: { labels: [{ key: "owner" }] }, of: manifest("ConfigMap", {}, { labels: {} }) },
  },
  passes: {
    "a pod with": withPod({}, { labels: { "app.kubernetes.io/name": "web" } }),
    "kinds that it is not about": { set: { kinds: ["Namespace"] }, of: manifest("ConfigMap") },
  },
});

table(requiredAnnotations, {
  refuses: {
    "one that is missing": { set: { annotations: [{ key: "owner" }] }, of: manifest("Service") },
    "one that is reserved": {
      set: { reserved: "flux/", allowed: ["flux/a"] },
      of: manifest("Service", {}, { annotations: { "flux/b": "x" } }),
    },
  },
  passes: {
    "one that is there": {
      set: { annotations: [{ key: "owner" }] },
      of: manifest("Service", {}, { annotations: { owner: "shop team" } }),
    },
    "nothing, where nothing is asked for": manifest("Service"),
    "what is allowed": {
      set: { reserved: "flux/", allowed: ["flux/a"] },
      of: manifest("Service", {}, { annotations: { "flux/a": "x", other: "y" } }),
    },
  },
});

const claim = (storageClassName?: string) => manifest("PersistentVolumeClaim", { spec: { storageClassName } });
table(storageClass, {
  refuses: {
    none: claim(),
    "one of a StatefulSet's": manifest("StatefulSet", { spec: { volumeClaimTemplates: [{ spec: {} }], template: {} } }),
    another: { set: { allowed: ["fast*"] }, of: claim("slow") },
  },
  passes: { one: claim("standard"), "one that is allowed": { set: { allowed: ["fast*"] }, of: claim("fast-2") } },
});

table(noReservedNamespace, {
  refuses: { "the cluster's own": manifest("ConfigMap", {}, { namespace: "kube-system" }) },
  passes: { another: manifest("ConfigMap"), "what has none": manifest("ClusterRole") },
});

const selecting = (selector: object) => withPod({}, {}, { selector });
table(selectorMatches, {
  refuses: {
    "a label that the pods have not": selecting({ matchLabels: { app: "web", part: "x" } }),
    "one that a Rollout's pods have not": asRollout(selecting({ matchLabels: { app: "api" } })),
    "an expression that they don't fit": selecting({ matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }),
  },
  passes: {
    "their labels": selecting({ matchLabels: { app: "web" } }),
    "those of a Rollout's pods": asRollout(selecting({ matchLabels: { app: "web" } })),
    "those of pods that a Rollout leaves to a Deployment": manifest("Rollout", {
      spec: { selector: { matchLabels: { app: "web" } }, workloadRef: { kind: "Deployment", name: "web" } },
    }),
  },
});
