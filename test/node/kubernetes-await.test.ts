import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { ResourceInitFailed } from "../../local/grpc/failure.ts";
import { type PropertyMap, Secret } from "../../local/grpc/values.ts";
import { at } from "../../local/plugins/kubernetes/model/object.ts";
import { KubernetesPlugin } from "./kubernetes-plugin.ts";
import { describeOnNode } from "./machine.ts";

/** No scheduler takes these pods, so the test itself says what becomes of them. */
const unscheduled = "nobody";

describeOnNode("the stand-in for the kubernetes plugin, waiting", (machine) => {
  const plugin = new KubernetesPlugin(machine, "waiting");
  const resource = (kind: string, name: string) => plugin.resource(`kubernetes:${kind}`, name);

  const podSpec = (more: PropertyMap = {}) => ({
    schedulerName: unscheduled,
    containers: [{ name: "main", image: "none", ...more }],
  });
  const workload = (apiVersion: string, kind: string, name: string, spec: PropertyMap = {}) => ({
    apiVersion,
    kind,
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: podSpec() },
      ...spec,
    },
  });
  const job = (name: string, more: PropertyMap = {}) => ({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name },
    spec: {
      backoffLimit: 0,
      template: { metadata: { labels: { app: name } }, spec: { restartPolicy: "Never", ...podSpec(more) } },
    },
  });

  /** Says of every pod of an app what a kubelet would. */
  async function report(app: string, status: PropertyMap, done: AbortSignal): Promise<void> {
    for (; !done.aborted; await sleep(200)) {
      const pods = (await plugin.kubectl("get", "pods", "-l", `app=${app}`, "-o", "name")).split("\n").filter(Boolean);
      for (const pod of pods) {
        const patch = JSON.stringify({ status });
        await plugin.kubectl("patch", pod, "--subresource=status", "--type=merge", "-p", patch).catch(() => "");
      }
    }
  }

  /** Runs `work` while the pods of `app` are in that state. */
  async function whilePodsAre<T>(app: string, status: PropertyMap, work: () => Promise<T>): Promise<T> {
    const done = new AbortController();
    const reporting = report(app, status, done.signal);
    try {
      return await work();
    } finally {
      done.abort();
      await reporting;
    }
  }

  const failureOf = async (work: Promise<unknown>): Promise<ResourceInitFailed> => {
    const error = await work.then(() => undefined).catch((error: unknown) => error);
    assert.ok(error instanceof ResourceInitFailed, String(error));
    return error;
  };
  const truly = (type: string) => ({ type, status: "True", lastTransitionTime: new Date(0).toISOString() });
  const running = { phase: "Running", podIP: "10.9.9.9", podIPs: [{ ip: "10.9.9.9" }], conditions: [truly("Ready")] };
  const ended = (exitCode: number, message = "") => ({
    phase: exitCode === 0 ? "Succeeded" : "Failed",
    containerStatuses: [
      {
        name: "main",
        image: "none",
        imageID: "",
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode, reason: exitCode === 0 ? "Completed" : "Error", message } },
      },
    ],
  });
  const waits = (reason: string, message: string) => ({
    phase: "Pending",
    containerStatuses: [
      {
        name: "main",
        image: "none",
        imageID: "",
        ready: false,
        restartCount: 0,
        state: { waiting: { reason, message } },
      },
    ],
  });

  it("a Deployment until its new pods are available and its old ones gone", async () => {
    const made = resource("apps/v1:Deployment", "web");
    await whilePodsAre("web", running, async () => {
      await made.create(workload("apps/v1", "Deployment", "web", { replicas: 2 }), 60);
      assert.equal(at(made.outputs, "status", "availableReplicas"), 2);
      const template = { metadata: { labels: { app: "web" } }, spec: podSpec({ image: "newer" }) };
      await made.update(workload("apps/v1", "Deployment", "web", { replicas: 2, template }), { timeoutSeconds: 60 });
    });
    const images = "jsonpath={.items[*].spec.containers[0].image}";
    assert.equal(await plugin.kubectl("get", "pods", "-l", "app=web", "-o", images), "newer newer");
    await made.delete();
  });

  it("a Deployment no longer than its time, and names what its pods suffer from", async () => {
    const bad = workload("apps/v1", "Deployment", "bad", { progressDeadlineSeconds: 1 });
    const pulling = waits("ImagePullBackOff", 'Back-off pulling image "none"');
    const failure = await whilePodsAre("bad", pulling, () =>
      failureOf(resource("apps/v1:Deployment", "bad").create(bad, 4)),
    );
    assert.match(failure.reasons[0]!, /^Deployment ".*\/bad" timed out waiting to be Ready after 4 s: 0 of 1 pods/);
    const all = failure.reasons.join("\n");
    assert.match(all, /\[ProgressDeadlineExceeded\]/);
    assert.match(all, /\[pod bad-\S+\] container "main" is waiting: ImagePullBackOff: Back-off pulling image "none"/);
    const kept = Object.assign(resource("apps/v1:Deployment", "bad"), failure);
    const again = await failureOf(kept.read());
    assert.match(again.reasons[0]!, /is not ready/);
    await kept.delete();
  });

  it("no longer when the user has enough, and keeps what was made", async () => {
    const provider = plugin.configured({});
    const made = plugin.resource("kubernetes:apps/v1:Deployment", "stopped", provider);
    setTimeout(() => provider.cancel!(), 500);
    const failure = await failureOf(made.create(workload("apps/v1", "Deployment", "stopped")));
    assert.match(failure.reasons[0]!, /Deployment ".*\/stopped" was cancelled while waiting/);
    await Object.assign(resource("apps/v1:Deployment", "stopped"), failure).delete();
  });

  it("a StatefulSet until its pods are ready", async () => {
    const made = resource("apps/v1:StatefulSet", "db");
    await whilePodsAre("db", running, () =>
      made.create(workload("apps/v1", "StatefulSet", "db", { replicas: 2, serviceName: "db" }), 60),
    );
    assert.equal(at(made.outputs, "status", "readyReplicas"), 2);
    await made.delete();
  });

  it("a Job until it completes", async () => {
    const made = resource("batch/v1:Job", "good");
    await whilePodsAre("good", ended(0), () => made.create(job("good"), 60));
    assert.equal(at(made.outputs, "status", "succeeded"), 1);
    assert.equal((await made.diff(job("good"))).changes, false);
    await made.delete();
  });

  it("a Job that fails not at all, and tells its last words without the secrets in them", async () => {
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "url" },
      stringData: { u: new Secret("pg://me:hunter22@db") },
    };
    await resource("core/v1:Secret", "url").create(secret);
    const env = [{ name: "U", valueFrom: { secretKeyRef: { name: "url", key: "u" } } }];
    const begun = Date.now();
    const failure = await whilePodsAre("failing", ended(3, "can't reach pg://me:hunter22@db: no such table"), () =>
      failureOf(resource("batch/v1:Job", "failing").create(job("failing", { env }))),
    );
    assert.ok(Date.now() - begun < 60_000);
    assert.match(failure.reasons[0]!, /^Job ".*\/failing" failed: \[BackoffLimitExceeded\]/);
    const all = `${failure.message}\n${failure.reasons.join("\n")}`;
    assert.match(all, /\[pod failing-\S+\] container "main" ended with exit code 3 \(Error\)/);
    assert.match(all, /container "main" said at last: can't reach \[secret\]: no such table/);
    assert.ok(!all.includes("hunter22"));
    const replaced = {
      ...job("failing"),
      metadata: { name: "failing", annotations: { "pulumi.com/replaceUnready": "true" } },
    };
    const kept = Object.assign(resource("batch/v1:Job", "failing"), failure);
    assert.equal((await kept.diff(replaced)).deleteBeforeReplace, true);
    await kept.delete();
  });

  it("a Pod until it is ready", async () => {
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "lone", labels: { app: "lone" } },
      spec: podSpec(),
    };
    const made = resource("core/v1:Pod", "lone");
    await whilePodsAre("lone", running, () => made.create(pod, 30));
    await made.delete();
  });

  it("a Service until a pod behind it is ready, and not where it selects none", async () => {
    const service = (name: string, spec: PropertyMap) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name },
      spec: { ports: [{ port: 80 }], ...spec },
    });
    const front = service("front", { selector: { app: "front" } });
    const failure = await failureOf(resource("core/v1:Service", "front").create(front, 1));
    assert.match(failure.reasons[0]!, /Service does not target any Pods/);
    await Object.assign(resource("core/v1:Service", "front"), failure).delete();
    await resource("discovery.k8s.io/v1:EndpointSlice", "front").create({
      apiVersion: "discovery.k8s.io/v1",
      kind: "EndpointSlice",
      metadata: { name: "front", labels: { "kubernetes.io/service-name": "front" } },
      addressType: "IPv4",
      endpoints: [{ addresses: ["10.9.9.9"], conditions: { ready: true } }],
    });
    await resource("core/v1:Service", "front").create(front, 5);
    await resource("core/v1:Service", "bare").create(service("bare", {}), 5);
  });

  it("no claim of a class that binds to the first consumer", async () => {
    const className = plugin.namespace;
    const storageClass = await resource("storage.k8s.io/v1:StorageClass", className).create({
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: className },
      provisioner: "palier.dev/none",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    const claim = await resource("core/v1:PersistentVolumeClaim", "claim").create(
      {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name: "claim" },
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: className,
          resources: { requests: { storage: "1Gi" } },
        },
      },
      20,
    );
    assert.equal(at(claim.outputs, "status", "phase"), "Pending");
    await claim.delete();
    await storageClass.delete();
  });
});
