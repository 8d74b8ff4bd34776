import { autoscaledRequests } from "../../core/rules/availability/autoscaledRequests.ts";
import { replicasLeftToAutoscaler, scaleRange, scaleTargetExists } from "../../core/rules/availability/autoscaling.ts";
import { evictable, evictionPolicy } from "../../core/rules/availability/disruption.ts";
import { priorityClass } from "../../core/rules/availability/priority.ts";
import { probePorts } from "../../core/rules/availability/probePorts.ts";
import { livenessProbe, probesDiffer, readinessProbe } from "../../core/rules/availability/probes.ts";
import { probeTimings } from "../../core/rules/availability/probeTimings.ts";
import { severalReplicas } from "../../core/rules/availability/replicas.ts";
import { spread } from "../../core/rules/availability/spread.ts";
import { undecided } from "../../core/rules/reading/field.ts";
import { asRollout, inCronJob, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const get = (path: string) => ({ httpGet: { path, port: 3000 } });
const budget = (spec: Record<string, unknown>) =>
  manifest("PodDisruptionBudget", { spec: { selector: { matchLabels: { app: "web" } }, ...spec } });
const replicas = (count: unknown, pod: Record<string, unknown> = {}) => withPod(pod, {}, { replicas: count });

table(livenessProbe, {
  refuses: {
    none: withContainer({ readinessProbe: get("/ready") }),
    "none of a Rollout": asRollout(withContainer({ readinessProbe: get("/ready") })),
  },
  passes: {
    one: withContainer({ livenessProbe: get("/live") }),
    "one of a Rollout": asRollout(withContainer({ livenessProbe: get("/live") })),
    "none of a Job": inCronJob(withContainer({})),
    "none of an init container": withPod({
      initContainers: [{ name: "wait" }],
      containers: [{ livenessProbe: get("/") }],
    }),
    "another that will do": { set: { others: ["startupProbe"] }, of: withContainer({ startupProbe: get("/live") }) },
  },
});

table(readinessProbe, {
  refuses: { none: withContainer({ livenessProbe: get("/live") }) },
  passes: { one: withContainer({ readinessProbe: get("/ready") }) },
});

table(probesDiffer, {
  refuses: { "the same for both": withContainer({ livenessProbe: get("/health"), readinessProbe: get("/health") }) },
  passes: {
    "one for each": withContainer({ livenessProbe: get("/live"), readinessProbe: get("/ready") }),
    "one alone": withContainer({ readinessProbe: get("/ready") }),
  },
});

table(severalReplicas, {
  refuses: {
    one: replicas(1),
    "none said": withPod({}),
    "one as a text": replicas("1"),
    "one of a Rollout": asRollout(replicas(1)),
  },
  passes: { two: replicas(2), "two of a Rollout": asRollout(replicas(2)) },
});

table(evictable, {
  refuses: {
    "none may go": budget({ maxUnavailable: 0 }),
    "no share may go": budget({ maxUnavailable: "0%" }),
    "all must stay": budget({ minAvailable: "100%" }),
    "as many must stay as there are": [budget({ minAvailable: 2 }), replicas(2)],
    "less than the share": { set: { room: 50 }, of: budget({ maxUnavailable: "40%" }) },
  },
  passes: {
    "one may go": budget({ maxUnavailable: 1 }),
    "half must stay": budget({ minAvailable: "50%" }),
    "one of two must stay": [budget({ minAvailable: 1 }), replicas(2)],
    "another app's count": [budget({ minAvailable: 2 }), withPod({}, { labels: { app: "other" } }, { replicas: 1 })],
  },
});

table(evictionPolicy, {
  refuses: { none: budget({}) },
  passes: { one: budget({ unhealthyPodEvictionPolicy: "AlwaysAllow" }) },
});

const over = (topologyKey: string) => ({ topologySpreadConstraints: [{ topologyKey, maxSkew: 1 }] });
table(spread, {
  refuses: {
    "two on one node": replicas(2),
    "two of a Rollout on one node": asRollout(replicas(2)),
    "a key that is missing": { set: { keys: ["zone"] }, of: replicas(3, over("kubernetes.io/hostname")) },
  },
  passes: {
    "two that are spread": replicas(2, over("kubernetes.io/hostname")),
    "two of a Rollout that are spread": asRollout(replicas(2, over("kubernetes.io/hostname"))),
    "one alone": replicas(1),
    "two that avoid each other": replicas(2, { affinity: { podAntiAffinity: {} } }),
  },
});

table(priorityClass, {
  refuses: { none: withPod({}), "an empty name": withPod({ priorityClassName: "" }) },
  passes: { one: withPod({ priorityClassName: "serving" }) },
});

const probing = (port: unknown, ports?: object[]) =>
  withContainer({ ports, readinessProbe: { httpGet: { path: "/", port } } });
table(probePorts, {
  refuses: {
    "a name that is none": probing("http", [{ name: "web", containerPort: 80 }]),
    "a number that is not declared": probing(81, [{ containerPort: 80 }]),
  },
  passes: {
    "a declared name": probing("http", [{ name: "http", containerPort: 80 }]),
    "a number where none is declared": probing(81),
    "what is not known yet": probing("http", [{ name: undecided, containerPort: 80 }]),
  },
});

const autoscaler = (spec: object) =>
  manifest("HorizontalPodAutoscaler", { spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, ...spec } });
const aiming = (averageUtilization: unknown, name = "cpu") => ({
  maxReplicas: 10,
  metrics: [{ type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } }],
});
table(scaleRange, {
  refuses: {
    "less at most than at least": autoscaler({ minReplicas: 3, maxReplicas: 2 }),
    "an aim of nothing": autoscaler(aiming(0)),
    "an aim beyond the request": autoscaler(aiming(170)),
    "an aim of the old kind": autoscaler({ maxReplicas: 3, targetCPUUtilizationPercentage: 0 }),
  },
  passes: {
    room: autoscaler({ minReplicas: 2, maxReplicas: 4 }),
    "the default": autoscaler({ maxReplicas: 1 }),
    "an aim": autoscaler(aiming(70)),
    "an aim of all": autoscaler({ maxReplicas: 3, targetCPUUtilizationPercentage: 100 }),
  },
});
const asking = (requests: object) => withContainer({ resources: { requests } });
table(autoscaledRequests, {
  refuses: {
    "pods that request nothing": [autoscaler(aiming(70)), withPod({})],
    "pods that request something else": [autoscaler(aiming(80, "memory")), asking({ cpu: "100m" })],
    "the old kind": [autoscaler({ targetCPUUtilizationPercentage: 70 }), asking({ memory: "1Gi" })],
    "a sidecar without": [
      autoscaler(aiming(70)),
      withPod({ containers: [{ name: "a", resources: { requests: { cpu: 1 } } }, { name: "b" }] }),
    ],
  },
  passes: {
    "pods that request it": [autoscaler(aiming(70)), asking({ cpu: "100m" })],
    "pods whose limit is the request": [autoscaler(aiming(70)), withContainer({ resources: { limits: { cpu: 1 } } })],
    "another measure": [
      autoscaler({ metrics: [{ resource: { name: "cpu", target: { type: "AverageValue", averageValue: "1" } } }] }),
      withPod({}),
    ],
    "defaults of the namespace": [autoscaler(aiming(70)), withPod({}), manifest("LimitRange")],
    "another's target": [
      autoscaler({ ...aiming(70), scaleTargetRef: { kind: "Deployment", name: "other" } }),
      withPod({}),
    ],
  },
});
table(replicasLeftToAutoscaler, {
  refuses: {
    both: [replicas(3), autoscaler({ maxReplicas: 4 })],
    "both of a Rollout": [
      asRollout(replicas(3)),
      autoscaler({ scaleTargetRef: { kind: "Rollout", name: "web" }, maxReplicas: 4 }),
    ],
  },
  passes: {
    "an autoscaler alone": [withPod({}), autoscaler({ maxReplicas: 4 })],
    "a number that is only the first": {
      around: { ignoreChanges: ["spec.replicas"] },
      of: [replicas(3), autoscaler({ maxReplicas: 4 })],
    },
    "another's": [replicas(3), autoscaler({ scaleTargetRef: { kind: "Deployment", name: "other" } })],
  },
});
table(scaleTargetExists, {
  refuses: {
    "a name that is none": [autoscaler({ scaleTargetRef: { kind: "Deployment", name: "wbe" } }), withPod({})],
  },
  passes: {
    "a workload": [autoscaler({}), withPod({})],
    "a Rollout": [autoscaler({ scaleTargetRef: { kind: "Rollout", name: "web" } }), asRollout(withPod({}))],
  },
});

const timed = { periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 3 };
table(probeTimings, {
  refuses: {
    none: withContainer({ readinessProbe: get("/ready") }),
    "one of three": withContainer({ startupProbe: { ...get("/"), periodSeconds: 5 } }),
    "another that is asked": {
      set: { timings: ["initialDelaySeconds"] },
      of: withContainer({ livenessProbe: { ...get("/live"), ...timed } }),
    },
  },
  passes: { all: withContainer({ livenessProbe: { ...get("/live"), ...timed } }), "no probe": withContainer({}) },
});
