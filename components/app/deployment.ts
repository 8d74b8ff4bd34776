import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import { authorityMounts, authorityVolumes, environmentVariables, type Wiring } from "../wiring.ts";
import { flagsFolder } from "./flags.ts";
import type { Settings } from "./settings.ts";

type PodSpec = types.input.core.v1.PodSpec;

export interface Workload {
  me: Member;
  settings: Settings;
  image: pulumi.Input<string>;
  command?: string[];
  wiring: Wiring;
  serviceAccount: pulumi.Input<string>;
  /** Name of the ConfigMap with the variables: a new name rolls the pods. */
  variables: pulumi.Input<string>;
  /** Name of the ConfigMap with the flags: its content changes in place. */
  flags: pulumi.Input<string>;
}

/** Share of the pods that a rollout makes at a time. */
const surge = 0.25;

/** How long a rollout may take that is not stuck: so many times it waits for new pods to have been ready long enough. */
export function rolloutSeconds({
  scale,
  minReadySeconds,
  progressDeadlineSeconds,
}: Pick<Settings, "scale" | "minReadySeconds" | "progressDeadlineSeconds">): number {
  const waves = Math.ceil(scale.max / Math.ceil(scale.max * surge));
  return progressDeadlineSeconds + waves * minReadySeconds + 30;
}

/** A rollout never has fewer pods that answer than before it. */
export function deploymentSpec(workload: Workload): types.input.apps.v1.DeploymentSpec {
  const { me, settings } = workload;
  return {
    replicas: settings.scale.min,
    revisionHistoryLimit: 5,
    minReadySeconds: settings.minReadySeconds,
    progressDeadlineSeconds: settings.progressDeadlineSeconds,
    selector: { matchLabels: me.selector },
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: `${surge * 100}%` } },
    template: { metadata: { labels: { ...me.labels, ...me.selector } }, spec: podSpec(workload) },
  };
}

function podSpec(workload: Workload): PodSpec {
  const { me, settings, wiring } = workload;
  return {
    serviceAccountName: workload.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(settings.user),
    // The pod's time to end covers both waits, with a little to spare for the process to go.
    terminationGracePeriodSeconds: settings.preStopSeconds + settings.drainSeconds + 5,
    topologySpreadConstraints: [
      {
        topologyKey: "kubernetes.io/hostname",
        maxSkew: 1,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: me.selector },
      },
    ],
    containers: [container(workload)],
    volumes: [
      { name: "temporary", emptyDir: { sizeLimit: "64Mi" } },
      { name: "flags", configMap: { name: workload.flags } },
      ...authorityVolumes(wiring),
    ],
  };
}

function container({ image, command, settings, wiring, variables }: Workload): types.input.core.v1.Container {
  return {
    name: "app",
    image,
    command,
    ports: [{ name: "http", containerPort: settings.port }],
    envFrom: [{ configMapRef: { name: variables } }],
    env: environmentVariables({ ...wiring, variables: {} }),
    ...probes(settings),
    lifecycle: settings.preStopSeconds > 0 ? { preStop: { sleep: { seconds: settings.preStopSeconds } } } : undefined,
    resources: requirements(settings.size),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "temporary", mountPath: "/tmp" },
      { name: "flags", mountPath: flagsFolder, readOnly: true },
      ...authorityMounts(wiring),
    ],
  };
}

function probes({
  health,
}: Settings): Pick<types.input.core.v1.Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const get = (path: string) => ({ httpGet: { path, port: "http" }, timeoutSeconds: 3 });
  return {
    // A minute to start; then the other two take over.
    startupProbe: { ...get(health.live), periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...get(health.ready), periodSeconds: 2, failureThreshold: 2 },
    livenessProbe: { ...get(health.live), periodSeconds: 10, failureThreshold: 3 },
  };
}
