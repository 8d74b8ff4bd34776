import type { Entry } from "./entry.ts";

const repository = "https://github.com/pulumi/pulumi-kubernetes";
const awaiting = "https://www.pulumi.com/blog/improving-kubernetes-management-with-pulumis-await-logic/";
const awaiters = `${repository}/blob/master/provider/pkg/await/awaiters.go`;

/** What is waited for, how long, and how that is changed. */
export const kubernetesWaits: readonly Entry[] = [
  {
    behaviour: "Deployment: the new pods are available and the old ones gone",
    source: awaiting,
    test: "node/kubernetes-await: a Deployment until its new pods are available and its old ones gone",
  },
  {
    behaviour: "Deployment: a timeout names what its pods suffer from",
    source: awaiting,
    test: "node/kubernetes-await: a Deployment no longer than its time, and names what its pods suffer from",
  },
  {
    behaviour: "Deployment scaled to 0 is ready",
    source: `${repository}/pull/688`,
    test: "local/kubernetes/await: a Deployment is ready when all its pods are new and available",
  },
  {
    behaviour: "StatefulSet: its pods are ready, of the new revision",
    source: awaiters,
    test: "node/kubernetes-await: a StatefulSet until its pods are ready",
  },
  {
    behaviour: "StatefulSet: `partition` and `OnDelete`",
    source: awaiters,
    test: "local/kubernetes/await: a StatefulSet is ready when its pods are, and the new revision is the current one",
  },
  {
    behaviour: "DaemonSet: every node has its new pod (since 4.12)",
    source: `${repository}/pull/2953`,
    test: "local/kubernetes/await: a DaemonSet is ready when every node has its new pod",
  },
  {
    behaviour: "Job: until it completes",
    source: `${repository}/pull/633`,
    test: "node/kubernetes-await: a Job until it completes",
  },
  {
    behaviour: "Job: one that fails is an error at once, with the words of its pods",
    source: `${repository}/pull/831`,
    test: "node/kubernetes-await: a Job that fails not at all, and tells its last words without the secrets in them",
  },
  { behaviour: "Pod: until it is ready", source: awaiting, test: "node/kubernetes-await: a Pod until it is ready" },
  {
    behaviour: "Service: a pod is behind it, where it selects any",
    source: `${repository}/pull/366`,
    test: "node/kubernetes-await: a Service until a pod behind it is ready, and not where it selects none",
  },
  {
    behaviour: "Service of type LoadBalancer: an address",
    source: awaiting,
    test: "local/kubernetes/await: a Service needs endpoints if it selects pods, and an address if it is a load balancer",
  },
  {
    behaviour: "Ingress: an address and living Services",
    source: `${repository}/issues/1934`,
    test: "local/kubernetes/await: an Ingress needs an address and living Services",
  },
  {
    behaviour: "PersistentVolumeClaim: bound, or its class binds at the first consumer",
    source: awaiters,
    test: "node/kubernetes-await: no claim of a class that binds to the first consumer",
  },
  {
    behaviour: "PersistentVolume and its claim: available or bound",
    source: awaiters,
    test: "local/kubernetes/await: a claim is ready when bound, or when it only binds to a pod",
  },
  {
    behaviour: "ReplicationController: its pods are available",
    source: awaiters,
    test: "local/kubernetes/await: a ReplicationController is ready when its pods are available",
  },
  {
    behaviour: "ResourceQuota, a service account's token, CustomResourceDefinition",
    source: awaiters,
    test: "local/kubernetes/await: a quota is ready when it is in force, a token when it is written, a definition when it is served",
  },
  {
    behaviour: "`pulumi.com/waitFor`: `jsonpath=` and `condition=`, one or a list",
    source: `${repository}/pull/3134`,
    test: "node/kubernetes: waits as waitFor says, for a condition or a field",
  },
  {
    behaviour: "`waitFor` wins over the kind's own rule, and `skipAwait` over both (since 4.18.4)",
    source: `${repository}/issues/3329`,
    test: "local/kubernetes/wait-for: comes before the kind's own rule, and after skipAwait",
  },
  {
    behaviour: "`waitFor`: a wrong expression is named",
    source: `${repository}/pull/3134`,
    test: "local/kubernetes/wait-for: says what is wrong with an expression",
  },
  {
    behaviour: "`waitFor`: filters with `||` and other JSONPath of RFC 9535",
    source: `${repository}/issues/4525`,
    refused: "is no JSONPath that Palier's stand-in reads",
  },
  {
    behaviour: "`pulumi.com/skipAwait`: no waiting for readiness, and for some kinds none for their end",
    source: `${repository}/issues/1232`,
    test: "node/kubernetes-sharing: orphans, or takes the dependents with it, as deletionPropagationPolicy says",
  },
  {
    behaviour: "`customTimeouts` win over `pulumi.com/timeoutSeconds`, that over ten minutes",
    source: `${repository}/issues/672`,
    test: "local/kubernetes/await: takes customTimeouts, else the annotation, else ten minutes",
  },
  {
    behaviour: "What did not become ready is kept in the state and checked again by refresh",
    source: awaiting,
    test: "node/kubernetes: fails after timeoutSeconds, keeps what was made, and checks again at a refresh",
  },
  {
    behaviour: "Ctrl-C ends the waiting and keeps what was made",
    source: "https://github.com/pulumi/pulumi/blob/master/proto/pulumi/provider.proto",
    test: "node/kubernetes-await: no longer when the user has enough, and keeps what was made",
  },
  {
    behaviour: "Delete waits for the end, and names finalizers that hold it (since 4.18)",
    source: `${repository}/pull/3133`,
    test: "node/kubernetes: waits for the end of what it deletes, and says what holds it",
  },
  {
    behaviour: "`pulumi.com/deletionPropagationPolicy`; foreground by default",
    source: `${repository}/pull/3011`,
    test: "node/kubernetes-sharing: orphans, or takes the dependents with it, as deletionPropagationPolicy says",
  },
];
