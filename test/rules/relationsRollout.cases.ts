import { probeBudget } from "../../core/rules/availability/probeBudget.ts";
import { zeroDowntime } from "../../core/rules/relations/rollout.ts";
import { asRollout, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

export const service = manifest("Service", { spec: { selector: { app: "web" }, ports: [{ port: 80 }] } });
export const other = manifest("Service", { spec: { selector: { app: "other" } } });
export const deployment = (spec: object = {}, pod: object = {}) => withPod({ ...pod }, {}, { replicas: 2, ...spec });
const rolling = (maxUnavailable: unknown, more: object = {}, replicas = 2) =>
  deployment({ replicas, strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable, ...more } } });
const scaler = (minReplicas: unknown) =>
  manifest("HorizontalPodAutoscaler", { spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, minReplicas } });
const onVolume = deployment({}, { volumes: [{ persistentVolumeClaim: { claimName: "data" } }] });
const claim = (accessModes: string[]) => manifest("PersistentVolumeClaim", { spec: { accessModes } }, { name: "data" });

table(zeroDowntime, {
  refuses: {
    "one pod": [deployment({ replicas: 1 }), service],
    "nothing stated, which is one": [deployment({ replicas: undefined }), service],
    "one pod at least by its autoscaler": [deployment({ replicas: undefined }), service, scaler(1)],
    "one of two taken away": [rolling(1), service],
    "half of them taken away": [rolling("50%"), service],
    "none in place of the one taken away": [rolling("25%", { maxSurge: 0 }), service],
    "a volume of one node": [onVolume, service, claim(["ReadWriteOnce"])],
    "one pod of a Rollout": [asRollout(deployment({ replicas: 1 })), service],
    "one of two taken away by a Rollout": [asRollout(deployment(), { canary: { maxUnavailable: 1 } }), service],
    "less than the pods that have to stay": { set: { left: 3 }, of: [rolling(1, {}, 3), service] },
  },
  passes: {
    "none taken away": [rolling(0), service],
    "none taken away by a Rollout": [asRollout(deployment(), { canary: { maxUnavailable: 0 } }), service],
    "two whole sets of a Rollout's pods": [asRollout(deployment(), { blueGreen: {} }), service],
    "no share taken away": [rolling("0%", { maxSurge: 1 }), service],
    "nothing stated: a quarter of two is none": [deployment(), service],
    "one of three taken away": [rolling(1, {}, 3), service],
    "two pods at least by its autoscaler": [deployment({ replicas: undefined }), service, scaler(2)],
    "a volume of many nodes": [onVolume, service, claim(["ReadWriteMany"])],
    "one pod that no Service sends to": [deployment({ replicas: 1 }), other],
    "one pod that is a database": [withContainer({ image: "postgres:17" }), service],
    "all at once, which is another rule's": [deployment({ strategy: { type: "Recreate" } }), service],
  },
});

const probed = (probes: Record<string, unknown>, deadline?: number) => {
  const { spec, ...rest } = withContainer(probes) as unknown as { kind: string; spec: object };
  return { ...rest, spec: { ...spec, progressDeadlineSeconds: deadline } };
};
table(probeBudget, {
  refuses: {
    "a start that may take longer": probed({ startupProbe: { failureThreshold: 60, periodSeconds: 5 } }, 180),
    "a Rollout's start that may take longer": asRollout(probed({ startupProbe: { failureThreshold: 60 } }, 180)),
    "a first wait that is longer": probed({ readinessProbe: { initialDelaySeconds: 100 } }, 120),
    "the deadline by default": probed({ startupProbe: { failureThreshold: 100 } }),
  },
  passes: {
    "a start that fits": probed({ startupProbe: { failureThreshold: 60, periodSeconds: 1 } }, 180),
    "readiness after a start that fits": probed(
      { startupProbe: { periodSeconds: 1 }, readinessProbe: { failureThreshold: 900 } },
      60,
    ),
    "no probe": probed({}, 1),
  },
});
