import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { ruleWith } from "../parameters.ts";

interface Removed {
  readonly group: RegExp;
  readonly kinds: RegExp;
  /** Minor version of Kubernetes 1 that no longer serves it. */
  readonly since: number;
  readonly instead: string;
}

/** From Kubernetes' deprecated API migration guide. */
const removed: readonly Removed[] = [
  {
    group: /^(extensions|apps)\/v1beta[12]$/,
    kinds: /^(Deployment|StatefulSet|DaemonSet|ReplicaSet)$/,
    since: 16,
    instead: "apps/v1",
  },
  { group: /^extensions\/v1beta1$/, kinds: /^NetworkPolicy$/, since: 16, instead: "networking.k8s.io/v1" },
  {
    group: /^(extensions|networking\.k8s\.io)\/v1beta1$/,
    kinds: /^Ingress(Class)?$/,
    since: 22,
    instead: "networking.k8s.io/v1",
  },
  {
    group: /^admissionregistration\.k8s\.io\/v1beta1$/,
    kinds: /WebhookConfiguration$/,
    since: 22,
    instead: "admissionregistration.k8s.io/v1",
  },
  {
    group: /^apiextensions\.k8s\.io\/v1beta1$/,
    kinds: /^CustomResourceDefinition$/,
    since: 22,
    instead: "apiextensions.k8s.io/v1",
  },
  {
    group: /^apiregistration\.k8s\.io\/v1beta1$/,
    kinds: /^APIService$/,
    since: 22,
    instead: "apiregistration.k8s.io/v1",
  },
  {
    group: /^authentication\.k8s\.io\/v1beta1$/,
    kinds: /^TokenReview$/,
    since: 22,
    instead: "authentication.k8s.io/v1",
  },
  { group: /^authorization\.k8s\.io\/v1beta1$/, kinds: /Review$/, since: 22, instead: "authorization.k8s.io/v1" },
  {
    group: /^certificates\.k8s\.io\/v1beta1$/,
    kinds: /^CertificateSigningRequest$/,
    since: 22,
    instead: "certificates.k8s.io/v1",
  },
  { group: /^coordination\.k8s\.io\/v1beta1$/, kinds: /^Lease$/, since: 22, instead: "coordination.k8s.io/v1" },
  {
    group: /^rbac\.authorization\.k8s\.io\/v1(alpha1|beta1)$/,
    kinds: /Role|RoleBinding/,
    since: 22,
    instead: "rbac.authorization.k8s.io/v1",
  },
  { group: /^scheduling\.k8s\.io\/v1beta1$/, kinds: /^PriorityClass$/, since: 22, instead: "scheduling.k8s.io/v1" },
  {
    group: /^storage\.k8s\.io\/v1beta1$/,
    kinds: /^(CSIDriver|CSINode|StorageClass|VolumeAttachment)$/,
    since: 22,
    instead: "storage.k8s.io/v1",
  },
  { group: /^batch\/v1beta1$/, kinds: /^CronJob$/, since: 25, instead: "batch/v1" },
  { group: /^batch\/v2alpha1$/, kinds: /^CronJob$/, since: 21, instead: "batch/v1" },
  { group: /^discovery\.k8s\.io\/v1beta1$/, kinds: /^EndpointSlice$/, since: 25, instead: "discovery.k8s.io/v1" },
  { group: /^events\.k8s\.io\/v1beta1$/, kinds: /^Event$/, since: 25, instead: "events.k8s.io/v1" },
  { group: /^autoscaling\/v2beta1$/, kinds: /^HorizontalPodAutoscaler$/, since: 25, instead: "autoscaling/v2" },
  { group: /^autoscaling\/v2beta2$/, kinds: /^HorizontalPodAutoscaler$/, since: 26, instead: "autoscaling/v2" },
  { group: /^policy\/v1beta1$/, kinds: /^(PodDisruptionBudget|Eviction)$/, since: 25, instead: "policy/v1" },
  {
    group: /^(policy|extensions)\/v1beta1$/,
    kinds: /^PodSecurityPolicy$/,
    since: 25,
    instead: "Pod Security admission",
  },
  { group: /^node\.k8s\.io\/v1beta1$/, kinds: /^RuntimeClass$/, since: 25, instead: "node.k8s.io/v1" },
  {
    group: /^flowcontrol\.apiserver\.k8s\.io\/v1(alpha1|beta1)$/,
    kinds: /./,
    since: 26,
    instead: "flowcontrol.apiserver.k8s.io/v1",
  },
  {
    group: /^flowcontrol\.apiserver\.k8s\.io\/v1beta2$/,
    kinds: /./,
    since: 29,
    instead: "flowcontrol.apiserver.k8s.io/v1",
  },
  {
    group: /^flowcontrol\.apiserver\.k8s\.io\/v1beta3$/,
    kinds: /./,
    since: 32,
    instead: "flowcontrol.apiserver.k8s.io/v1",
  },
  { group: /^storage\.k8s\.io\/v1beta1$/, kinds: /^CSIStorageCapacity$/, since: 27, instead: "storage.k8s.io/v1" },
];

export const servedApis = ruleWith(
  {
    id: "api-version-is-served",
    description: "Objects are of an API version that the cluster still serves.",
    why: "The first `up` after the cluster's upgrade fails, on the day when nobody meant to change the program.",
    severity: "high",
    levels: fromStagingOn,
    rows: ["I05"],
    parameters: z.strictObject({
      kubernetes: z
        .string()
        .regex(/^1\.\d+$/)
        .default("1.34")
        .describe("version of the cluster, or of the one it is about to be"),
    }),
  },
  ({ object: { kind, root } }, { kubernetes }) => {
    const field = root.at("apiVersion");
    if (field.unknown) return [notDecided(field)];
    const version = field.text ?? "";
    const gone = removed.find(({ group, kinds }) => group.test(version) && kinds.test(kind));
    if (!gone || gone.since > Number(kubernetes.slice(2))) return [];
    return [
      finding(field, {
        problem: `is gone since Kubernetes 1.${gone.since}`,
        fix: `write ${gone.instead}`,
        value: version,
      }),
    ];
  },
);
