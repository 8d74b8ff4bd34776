import { deepEqual, equal } from "node:assert/strict";
import { type Amounts, unnamedClass } from "../../../cli/cost/amounts.ts";
import { counted } from "../../../cli/cost/counted.ts";
import { Field, Secret, undecided } from "../../../core/rules/reading/field.ts";
import { kubernetesObjects } from "../../../core/rules/reading/kubernetesObject.ts";

const gibibyte = 2 ** 30;
const size = { requests: { cpu: "250m", memory: "1Gi" } };

const pod = (resources?: unknown, more: object = {}) => ({
  ...{ spec: { containers: [{ name: "main", resources }], ...more } },
});

const workload = (kind: string, spec: object, name = "web") => ({ kind, metadata: { name }, spec });

const deployment = (resources: unknown, more: object = {}) =>
  workload("Deployment", { ...more, template: pod(resources) });

const claim = (storage: unknown, storageClassName?: string) => ({
  metadata: { name: "data" },
  spec: { storageClassName, resources: { requests: { storage } } },
});

function count(...manifests: readonly { kind: string; metadata: { name: string } }[]) {
  const parts = manifests.flatMap((one) =>
    kubernetesObjects(one.kind, new Field(one)).map((object) => ({
      ...{ object, name: one.metadata.name, component: undefined },
    })),
  );
  return counted("staging", parts);
}

const amounts = (pods: number, cores: number, memoryGiB: number, storageBytes = {}): Amounts => ({
  ...{ pods, cores, memoryBytes: memoryGiB * gibibyte, storageBytes },
});

describe("what palier cost counts", () => {
  it("takes a pod's requests as often as its workload has replicas", () => {
    const { components } = count(deployment(size, { replicas: 3 }));
    deepEqual(components, [{ component: "Deployment web", least: amounts(3, 0.75, 3), most: amounts(3, 0.75, 3) }]);
  });

  const scalers: [string, object, [number, number]][] = [
    ["HorizontalPodAutoscaler", { minReplicas: 2, maxReplicas: 8 }, [2, 8]],
    ["HorizontalPodAutoscaler", { maxReplicas: 8 }, [1, 8]],
    ["ScaledObject", { maxReplicaCount: 8 }, [0, 8]],
  ];
  for (const [kind, bounds, [least, most]] of scalers) {
    it(`goes from ${least} to ${most} pods by a ${kind} of ${JSON.stringify(bounds)}, whatever the workload states`, () => {
      const scaler = workload(kind, { ...bounds, scaleTargetRef: { kind: "Deployment", name: "web" } });
      const [row] = count(deployment(size, { replicas: 5 }), scaler).components;
      deepEqual([row!.least, row!.most], [amounts(least, least / 4, least), amounts(most, most / 4, most)]);
    });
  }

  it("adds sidecars, and takes an init container for as much as it is more", () => {
    const early = [
      { name: "beside", restartPolicy: "Always", resources: { requests: { cpu: "50m", memory: "1Gi" } } },
      { name: "first", resources: { requests: { cpu: "1", memory: "512Mi" } } },
    ];
    const [row] = count(workload("Deployment", { template: pod(size, { initContainers: early }) })).components;
    deepEqual(row!.least, amounts(1, 1.05, 2));
  });

  it("counts volumes by their class: claims once, templates for each replica", () => {
    const set = workload("StatefulSet", {
      replicas: 2,
      template: pod(size),
      volumeClaimTemplates: [claim("10Gi", "fast"), claim("1Gi")],
    });
    const { components } = count(set, { kind: "PersistentVolumeClaim", ...claim("5Gi", "fast") });
    deepEqual(
      components.map(({ least }) => least.storageBytes),
      [{ fast: 5 * gibibyte }, { fast: 20 * gibibyte, [unnamedClass]: 2 * gibibyte }],
    );
  });

  it("tells of Jobs and tasks by what one run asks for, and counts them in no sum", () => {
    const task = workload("CronJob", { jobTemplate: { spec: { template: pod(size), parallelism: 2 } } }, "report");
    const { components, whileRunning } = count(task, workload("Job", { template: pod(size) }, "migrate"));
    deepEqual(components, []);
    deepEqual(
      whileRunning.map(({ component, most }) => [component, most]),
      [
        ["CronJob report", amounts(2, 0.5, 2)],
        ["Job migrate", amounts(1, 0.25, 1)],
      ],
    );
  });

  it("counts nothing of an object that is neither a workload nor a claim", () => {
    const { components, whileRunning, notCounted } = count(
      { kind: "Service", metadata: { name: "web" } },
      { kind: "ConfigMap", metadata: { name: "web" } },
      { kind: "ResourceQuota", metadata: { name: "web" } },
    );
    deepEqual([components, whileRunning, notCounted], [[], [], []]);
  });

  const named: Record<string, [object, string[]]> = {
    "a container that asks for nothing": [
      deployment(undefined),
      [
        'Deployment "web": its container main asks for no cpu',
        'Deployment "web": its container main asks for no memory',
      ],
    ],
    "a request that is not known yet": [
      deployment({ requests: { cpu: undecided, memory: "1Gi" } }),
      ['Deployment "web": how much cpu it asks for is not known'],
    ],
    "a request that is a secret nobody can read": [
      deployment({ requests: { cpu: new Secret(undecided), memory: "1Gi" } }),
      ['Deployment "web": how much cpu it asks for is not known'],
    ],
    "a number of pods that is not known yet": [
      deployment(size, { replicas: undecided }),
      ['Deployment "web": how many pods it has is not known'],
    ],
    "a pod on each node": [
      workload("DaemonSet", { template: pod(size) }),
      ['DaemonSet "web": has a pod on each node, and how many there are is not known'],
    ],
    "a volume without a size": [
      { kind: "PersistentVolumeClaim", ...claim(undefined) },
      ['PersistentVolumeClaim "data": how large a volume it claims is not known'],
    ],
    "a patch of what is there already": [
      { ...deployment(size), kind: "DeploymentPatch" },
      ['Deployment "web": states only some fields of what is there already'],
    ],
  };
  for (const [what, [manifest, notCounted]] of Object.entries(named)) {
    it(`names ${what} as not counted`, () => deepEqual(count(manifest as never).notCounted, notCounted));
  }

  it("takes a limit for the request that is not stated, and what a LimitRange gives for both", () => {
    const limits = { type: "Container", defaultRequest: { cpu: "100m", memory: "512Mi" } };
    const { components, notCounted } = count(
      deployment({ limits: { memory: "2Gi" } }),
      workload("LimitRange", { limits: [limits] }, "usual"),
    );
    deepEqual(components[0]!.least, amounts(1, 0.1, 2));
    equal(notCounted.length, 0);
  });
});
