import { emptyDirSize } from "../../core/rules/resources/emptyDirSize.ts";
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
