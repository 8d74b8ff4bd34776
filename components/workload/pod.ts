import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { schemaLabel } from "../../core/labels.ts";
import type { Member } from "../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import { authorityMounts, authorityVolumes, environmentVariables, type Wiring } from "../wiring.ts";
import type { ExistingArgs } from "./args.ts";
import type { Files } from "./files.ts";
import { flagsFolder } from "./flags.ts";
import type { Settings } from "./settings.ts";
import { writableMounts, writableVolumes } from "./writable.ts";

export interface Workload<Own extends Settings = Settings> extends Files {
  me: Member;
  settings: Own;
  image: pulumi.Input<string>;
  /** Uid it runs as. */
  user: number;
  command?: string[];
  wiring: Wiring;
  /** What was there before, and is used as it is. */
  existing?: ExistingArgs;
  /** The lowest that its code works on. */
  schema?: number;
}

/** What one kind of process adds to its container: ports, probes, what it leaves behind. */
export type Process = Pick<
  types.input.core.v1.Container,
  "ports" | "startupProbe" | "readinessProbe" | "livenessProbe" | "lifecycle" | "terminationMessagePolicy"
>;

export function podLabels({ me, schema }: Pick<Workload, "me" | "schema">): Record<string, string> {
  return { ...me.labels, ...me.selector, ...(schema === undefined ? {} : { [schemaLabel]: String(schema) }) };
}

/** A pod of one container, who it is and what it mounts. */
export function podSpec(workload: Workload, process: Process = {}): types.input.core.v1.PodSpec {
  return {
    serviceAccountName: workload.serviceAccount,
    priorityClassName: workload.me.priorityClassName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(workload.user),
    containers: [container(workload, process)],
    volumes: [
      ...writableVolumes(workload.settings.writable),
      { name: "flags", configMap: { name: workload.flags } },
      ...authorityVolumes(workload.wiring),
    ],
  };
}

function container(
  { image, command, settings, wiring, variables, existing = {} }: Workload,
  process: Process,
): types.input.core.v1.Container {
  return {
    name: "app",
    image,
    command,
    // The last one wins: what is declared here.
    envFrom: [
      ...(existing.configMaps ?? []).map((name) => ({ configMapRef: { name } })),
      ...(existing.secrets ?? []).map((name) => ({ secretRef: { name } })),
      { configMapRef: { name: variables } },
    ],
    env: environmentVariables({ ...wiring, variables: {} }),
    ...process,
    resources: requirements(settings.size),
    securityContext: restrictedContainer,
    volumeMounts: [
      ...writableMounts(settings.writable),
      { name: "flags", mountPath: flagsFolder, readOnly: true },
      ...authorityMounts(wiring),
    ],
  };
}
