import { resourceBounds } from "../../core/rules/resources/bounds.ts";
import { emptyDirSize } from "../../core/rules/resources/emptyDirSize.ts";
import { ephemeralStorage } from "../../core/rules/resources/ephemeralStorage.ts";
import { noCpuLimits } from "../../core/rules/resources/noCpuLimits.ts";
import { limitRatio, notBestEffort } from "../../core/rules/resources/quality.ts";
import { cpuLimits, cpuRequests, memoryLimits, memoryRequests } from "../../core/rules/resources/requests.ts";
import { inCronJob, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const withResources = (requests?: object, limits?: object) => withContainer({ resources: { requests, limits } });

table(cpuRequests, {
  refuses: { none: withResources({ memory: "1Gi" }), "none in a CronJob": inCronJob(withResources({ memory: "1Gi" })) },
  passes: { some: withResources({ cpu: "100m" }) },
});
table(memoryRequests, {
  refuses: { none: withResources({ cpu: 1 }) },
  passes: { some: withResources({ memory: "64Mi" }) },
});
table(memoryLimits, {
  refuses: { none: withResources({ memory: "64Mi" }) },
  passes: { some: withResources({}, { memory: "64Mi" }) },
});
table(cpuLimits, {
  refuses: { none: withResources({ cpu: 1 }) },
  passes: { some: withResources({}, { cpu: 1 }) },
});
table(noCpuLimits, {
  refuses: { some: withResources({}, { cpu: 1 }) },
  passes: { none: withResources({ cpu: 1 }, { memory: "1Gi" }) },
});

table(emptyDirSize, {
  refuses: {
    "no limit": withPod({
      volumes: [{ name: "a", emptyDir: {} }],
      containers: [{ name: "c", volumeMounts: [{ name: "a" }] }],
    }),
  },
  passes: {
    "a limit": withPod({ volumes: [{ name: "a", emptyDir: { sizeLimit: "64Mi" } }] }),
    "a container that asks for storage": withContainer(
      {
        volumeMounts: [{ name: "a", mountPath: "/a" }],
        resources: { requests: { "ephemeral-storage": "1Gi" }, limits: { "ephemeral-storage": "1Gi" } },
      },
      { volumes: [{ name: "a", emptyDir: {} }] },
    ),
  },
});

table(limitRatio, {
  refuses: {
    "more memory than was asked for": withResources({ memory: "1Gi" }, { memory: "1025Mi" }),
    "a limit alone": withResources({}, { memory: "1Gi" }),
    "none, where both are required": { set: { required: true }, of: withContainer({}) },
    "three times the processors": { set: { cpu: 2 }, of: withResources({ cpu: "100m" }, { cpu: "0.3" }) },
  },
  passes: {
    "the same in other units": withResources({ memory: "1Gi" }, { memory: "1024Mi" }),
    nothing: withContainer({}),
    "what the ratio allows": { set: { memory: 2 }, of: withResources({ memory: "1e9" }, { memory: "2G" }) },
  },
});

table(notBestEffort, {
  refuses: { "a pod that asks for nothing": withContainer({ resources: {} }) },
  passes: { "one that asks for something": withResources({ cpu: "10m" }) },
});

const memory = (limit: unknown, request?: unknown) => withResources({ memory: request }, { memory: limit });
table(resourceBounds, {
  refuses: {
    "more memory than the ceiling": memory("1Gi"),
    "no ceiling of its own": withContainer({}),
    "a little more": memory("513Mi"),
    "more in bytes": memory(536870913),
    "more in decimals": memory("0.6G"),
    "a request beyond it": memory("512Mi", "600Mi"),
    "what is no quantity": memory("512MB"),
    "less than is needed": { set: { memory: { least: "64Mi" } }, of: memory("512Mi", "32Mi") },
    "more processors": { set: { cpu: { most: "500m" } }, of: withResources({}, { memory: "1Mi", cpu: 1 }) },
    "an init container": withPod({
      containers: [{ name: "a", resources: { limits: { memory: "1Mi" } } }],
      initContainers: [{ name: "b", resources: { limits: { memory: "2G" } } }],
    }),
  },
  passes: {
    "the ceiling itself": memory("512Mi"),
    "the ceiling in other units": memory("0.5Gi"),
    "the ceiling in bytes": memory(536870912),
    "megabytes, which are less": memory("512M"),
    "an exponent": memory("512e6"),
    "another ceiling": { set: { memory: { most: "1Gi" } }, of: memory("1Gi") },
    "no bounds": { set: { memory: {} }, of: withContainer({}) },
  },
});

const disk = { "ephemeral-storage": "1Gi" };
table(ephemeralStorage, {
  refuses: { none: withResources({ cpu: 1 }), "a request alone": withResources(disk) },
  passes: { both: withResources(disk, disk) },
});
