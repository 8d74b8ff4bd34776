import assert from "node:assert/strict";
import type { PropertyMap } from "../../../local/grpc/values.ts";
import type { Verdict } from "../../../local/plugins/kubernetes/await/awaiter.ts";
import { awaiterOf } from "../../../local/plugins/kubernetes/await/awaiters.ts";
import { daemonSetVerdict } from "../../../local/plugins/kubernetes/await/daemon-set.ts";
import { deploymentVerdict } from "../../../local/plugins/kubernetes/await/deployment.ts";
import { backends, ingressVerdict } from "../../../local/plugins/kubernetes/await/ingress.ts";
import { jobVerdict } from "../../../local/plugins/kubernetes/await/job.ts";
import { secretNames } from "../../../local/plugins/kubernetes/await/last-words.ts";
import { selectorOf } from "../../../local/plugins/kubernetes/await/owned.ts";
import { podVerdict } from "../../../local/plugins/kubernetes/await/pod.ts";
import { podReasons } from "../../../local/plugins/kubernetes/await/pods.ts";
import { replicationControllerVerdict } from "../../../local/plugins/kubernetes/await/replication-controller.ts";
import { needsEndpoints, serviceVerdict } from "../../../local/plugins/kubernetes/await/service.ts";
import { statefulSetVerdict } from "../../../local/plugins/kubernetes/await/stateful-set.ts";
import { remains } from "../../../local/plugins/kubernetes/await/until-deleted.ts";
import { claimVerdict } from "../../../local/plugins/kubernetes/await/volumes.ts";
import { latest } from "../../../local/plugins/kubernetes/await/warnings.ts";
import { timeoutOf } from "../../../local/plugins/kubernetes/model/annotations.ts";
import type { KubeObject } from "../../../local/plugins/kubernetes/model/object.ts";

function live(kind: string, spec: PropertyMap, status: PropertyMap, metadata: PropertyMap = {}): KubeObject {
  return { apiVersion: "v1", kind, metadata: { name: "a", generation: 2, ...metadata }, spec, status };
}

function verdict(object: KubeObject): boolean {
  return (awaiterOf(object)!.verdict(object, undefined as never) as Verdict).ready;
}

describe("kubernetes stand-in: readiness", () => {
  const available = { type: "Available", status: "True" };
  const done = {
    observedGeneration: 2,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    conditions: [available],
  };

  it("a Deployment is ready when all its pods are new and available", () => {
    const verdict = (status: PropertyMap, spec: PropertyMap = { replicas: 2 }) =>
      deploymentVerdict(live("Deployment", spec, { ...done, ...status }));
    assert.equal(verdict({}).ready, true);
    assert.match(verdict({ observedGeneration: 1 }).waiting, /the controller/);
    assert.match(verdict({ updatedReplicas: 1 }).waiting, /1 of 2 pods are of the new version/);
    assert.match(verdict({ replicas: 3 }).waiting, /1 pods of the old version/);
    assert.match(verdict({ availableReplicas: 1 }).waiting, /1 of 2 pods are available/);
    assert.equal(verdict({ conditions: [] }).ready, false);
    assert.equal(
      verdict({ updatedReplicas: 0, replicas: 0, availableReplicas: 0, readyReplicas: 0 }, { replicas: 0 }).ready,
      true,
    );
  });

  it("a StatefulSet is ready when its pods are, and the new revision is the current one", () => {
    const status = {
      observedGeneration: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
      updateRevision: "b",
      currentRevision: "b",
    };
    const verdict = (more: PropertyMap, spec: PropertyMap = {}) =>
      statefulSetVerdict(live("StatefulSet", { replicas: 2, ...spec }, { ...status, ...more }));
    assert.equal(verdict({}).ready, true);
    assert.match(verdict({ readyReplicas: 1 }).waiting, /1 of 2 pods are ready/);
    assert.match(verdict({ currentRevision: "a", updatedReplicas: 1 }).waiting, /1 of 2 pods are of the new version/);
    const partition = { updateStrategy: { rollingUpdate: { partition: 1 } } };
    assert.equal(verdict({ currentRevision: "a", updatedReplicas: 1 }, partition).ready, true);
    assert.equal(
      verdict({ currentRevision: "a", updatedReplicas: 0 }, { updateStrategy: { type: "OnDelete" } }).ready,
      true,
    );
  });

  it("a DaemonSet is ready when every node has its new pod", () => {
    const status = { observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 };
    assert.equal(daemonSetVerdict(live("DaemonSet", {}, status)).ready, true);
    assert.equal(daemonSetVerdict(live("DaemonSet", {}, { ...status, numberAvailable: 1 })).ready, false);
  });

  it("a ReplicationController is ready when its pods are available", () => {
    const verdict = (status: PropertyMap) =>
      replicationControllerVerdict(
        live("ReplicationController", { replicas: 2 }, { observedGeneration: 2, ...status }),
      );
    assert.equal(verdict({ availableReplicas: 2 }).ready, true);
    assert.match(verdict({ availableReplicas: 1 }).waiting, /1 of 2 pods are available/);
    assert.equal(verdict({ availableReplicas: 2, observedGeneration: 1 }).ready, false);
    assert.notEqual(awaiterOf(live("ReplicationController", {}, {})), undefined);
  });

  it("a quota is ready when it is in force, a token when it is written, a definition when it is served", () => {
    const quota = (known: PropertyMap) => live("ResourceQuota", { hard: { pods: "2" } }, { hard: known });
    assert.deepEqual([verdict(quota({ pods: "2" })), verdict(quota({}))], [true, false]);
    const token = { ...live("Secret", {}, {}), type: "kubernetes.io/service-account-token" };
    assert.deepEqual([verdict({ ...token, data: { token: "t" } }), verdict(token)], [true, false]);
    assert.equal(verdict(live("Secret", {}, {})), true);
    const definition = (status: string): KubeObject => ({
      ...live("CustomResourceDefinition", {}, { conditions: [{ type: "Established", status }] }),
      apiVersion: "apiextensions.k8s.io/v1",
    });
    assert.deepEqual([verdict(definition("True")), verdict(definition("False"))], [true, false]);
  });

  it("a Job ends the waiting by completing or by failing", () => {
    const verdict = (type: string) =>
      jobVerdict(
        live(
          "Job",
          {},
          { conditions: [{ type, status: "True", reason: "BackoffLimitExceeded", message: "too often" }] },
        ),
      );
    assert.equal(verdict("Complete").ready, true);
    assert.deepEqual(verdict("Failed"), { ready: false, failed: true, waiting: "[BackoffLimitExceeded] too often" });
    assert.match(jobVerdict(live("Job", {}, { active: 1 })).waiting, /1 active, 0 failed/);
  });

  it("a claim is ready when bound, or when it only binds to a pod", () => {
    const lazy = {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: {},
      volumeBindingMode: "WaitForFirstConsumer",
    };
    assert.equal(claimVerdict(live("PersistentVolumeClaim", {}, { phase: "Bound" }), undefined).ready, true);
    assert.equal(claimVerdict(live("PersistentVolumeClaim", {}, { phase: "Pending" }), lazy).ready, true);
    assert.equal(claimVerdict(live("PersistentVolumeClaim", {}, { phase: "Pending" }), undefined).ready, false);
    assert.equal(claimVerdict(live("PersistentVolumeClaim", {}, { phase: "Lost" }), lazy).failed, true);
    const volume = (phase: string) => verdict(live("PersistentVolume", {}, { phase }));
    assert.deepEqual([volume("Available"), volume("Bound"), volume("Pending")], [true, true, false]);
  });

  it("a Service needs endpoints if it selects pods, and an address if it is a load balancer", () => {
    const selecting = live("Service", { selector: { a: "b" } }, {});
    assert.match(serviceVerdict(selecting, false).waiting, /does not target any Pods/);
    assert.equal(serviceVerdict(selecting, true).ready, true);
    for (const spec of [
      {},
      { selector: { a: "b" }, clusterIP: "None" },
      { selector: { a: "b" }, type: "ExternalName" },
    ]) {
      assert.equal(needsEndpoints(live("Service", spec, {})), false);
    }
    const balanced = { selector: { a: "b" }, type: "LoadBalancer" };
    assert.match(serviceVerdict(live("Service", balanced, {}), true).waiting, /not allocated an IP address/);
    assert.equal(
      serviceVerdict(live("Service", balanced, { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } }), true).ready,
      true,
    );
  });

  it("an Ingress needs an address and living Services", () => {
    const spec = {
      rules: [{ http: { paths: [{ backend: { service: { name: "web" } } }] } }],
      defaultBackend: { service: { name: "rest" } },
    };
    assert.deepEqual(backends(live("Ingress", spec, {})), ["rest", "web"]);
    assert.match(ingressVerdict(live("Ingress", spec, {}), ["web"]).waiting, /without ready Pods: web/);
    assert.match(ingressVerdict(live("Ingress", spec, {}), []).waiting, /ingress controller/);
    assert.equal(ingressVerdict(live("Ingress", spec, { loadBalancer: { ingress: [{}] } }), []).ready, true);
  });

  it("takes customTimeouts, else the annotation, else ten minutes", () => {
    const annotated = (seconds: string) =>
      live("Pod", {}, {}, { annotations: { "pulumi.com/timeoutSeconds": seconds } });
    assert.deepEqual([timeoutOf(annotated("7"), 3), timeoutOf(annotated("7"), 0)], [3, 7]);
    assert.deepEqual([timeoutOf(annotated("soon"), 0), timeoutOf(live("Pod", {}, {}), 0)], [600, 600]);
  });

  it("a Pod's own reasons name container and cause", () => {
    const status = {
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/1 nodes" }],
      initContainerStatuses: [{ name: "init", state: { terminated: { exitCode: 3, reason: "Error" } } }],
      containerStatuses: [
        { name: "pulls", state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } } },
        {
          name: "loops",
          state: { waiting: { reason: "CrashLoopBackOff" } },
          lastState: { terminated: { exitCode: 137, reason: "OOMKilled" } },
        },
        { name: "starts", state: { waiting: { reason: "ContainerCreating" } } },
        { name: "unready", ready: false, started: true, state: { running: {} } },
      ],
    };
    assert.deepEqual(podReasons(live("Pod", {}, status)), [
      "[Unschedulable] 0/1 nodes",
      'container "init" ended with exit code 3 (Error)',
      'container "pulls" is waiting: ImagePullBackOff: no such image',
      'container "loops" is waiting: CrashLoopBackOff',
      'container "loops" ended with exit code 137 (OOMKilled)',
      'container "unready" is running but not ready',
    ]);
    assert.equal(podVerdict(live("Pod", {}, { phase: "Succeeded" })).ready, true);
    assert.equal(podVerdict(live("Pod", {}, { phase: "Failed" })).failed, true);
  });

  it("knows the Secrets that reach a pod", () => {
    const spec = {
      containers: [
        {
          env: [{ valueFrom: { secretKeyRef: { name: "a" } } }, { value: "x" }],
          envFrom: [{ secretRef: { name: "b" } }],
        },
      ],
      volumes: [{ secret: { secretName: "c" } }, { projected: { sources: [{ secret: { name: "d" } }] } }],
    };
    assert.deepEqual(secretNames(live("Pod", spec, {})), ["a", "b", "c", "d"]);
  });

  it("writes selectors as the API server reads them", () => {
    const selector = {
      matchLabels: { a: "b" },
      matchExpressions: [
        { key: "c", operator: "In", values: ["d", "e"] },
        { key: "f", operator: "DoesNotExist" },
      ],
    };
    assert.equal(selectorOf(live("Deployment", { selector }, {})), "a=b,c in (d,e),!f");
  });

  it("tells the newest warning of each reason, and no old ones", () => {
    const event = (reason: string, message: string, minute: number) => ({
      ...live("Event", {}, {}),
      reason,
      message,
      lastTimestamp: new Date(minute * 60_000).toISOString(),
    });
    const events = [event("A", "second", 59), event("A", "first", 58), event("B", "ancient", 1)];
    assert.deepEqual(latest(events, 60 * 60_000), ["[A] second"]);
  });

  it("says what keeps a deleted object", () => {
    const contents = { conditions: [{ type: "NamespaceContentRemaining", status: "True", message: "pods. has 1" }] };
    assert.equal(remains(live("Namespace", {}, contents)), "pods. has 1");
    assert.equal(remains(live("ConfigMap", {}, {}, { finalizers: ["a/b"] })), "finalizers a/b");
    assert.equal(remains(live("Deployment", {}, { replicas: 2 })), "2 pods to end");
  });
});
