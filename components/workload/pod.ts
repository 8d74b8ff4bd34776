import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import { authorityMounts, authorityVolumes, environmentVariables, type Wiring } from "../wiring.ts";
import type { Files } from "./files.ts";
import { flagsFolder } from "./flags.ts";
import type { Settings } from "./settings.ts";

export interface Workload<Own extends Settings = Settings> extends Files {
  me: Member;
  settings: Own;
  image: pulumi.Input<string>;
  command?: string[];
  wiring: Wiring;
}

/** What one kind of process adds to its container: ports, probes, hooks. */
export type Process = Pick<
  types.input.core.v1.Container,
  "ports" | "startupProbe" | "readinessProbe" | "livenessProbe" | "lifecycle"
>;

/** A pod of one container, who it is and what it mounts. */
export function podSpec(workload: Workload, process: Process = {}): types.input.core.v1.PodSpec {
  return {
    serviceAccountName: workload.serviceAccount,
    priorityClassName: workload.me.priorityClassName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(workload.settings.user),
    containers: [container(workload, process)],
    volumes: [
      { name: "temporary", emptyDir: { sizeLimit: "64Mi" } },
      { name: "flags", configMap: { name: workload.flags } },
      ...authorityVolumes(workload.wiring),
    ],
  };
}

function container(
  { image, command, settings, wiring, variables }: Workload,
  process: Process,
): types.input.core.v1.Container {
  return {
    name: "app",
    image,
    command,
    envFrom: [{ configMapRef: { name: variables } }],
    env: environmentVariables({ ...wiring, variables: {} }),
    ...process,
    resources: requirements(settings.size),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "temporary", mountPath: "/tmp" },
      { name: "flags", mountPath: flagsFolder, readOnly: true },
      ...authorityMounts(wiring),
    ],
  };
}
