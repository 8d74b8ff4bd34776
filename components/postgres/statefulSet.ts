import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Resources } from "../../core/profile.ts";
import type { Member } from "../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import { storePod } from "../storePod.ts";
import { adoptPassword, paths } from "./settings.ts";

type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;

/** Names of what the pods mount: a new name rolls them. */
export interface Mounted {
  secret: pulumi.Input<string>;
  settings: pulumi.Input<string>;
}

export interface Server {
  me: Member;
  image: pulumi.Input<string>;
  storage: string;
  size: Resources;
  /** What the server itself is told. */
  parameters: string[];
  mounted: Mounted;
}

/** Uid of `postgres` in the official image. */
const user = 999;

export function statefulSetSpec(server: Server): types.input.apps.v1.StatefulSetSpec {
  return storePod(server.me, podSpec(server), server.storage);
}

function podSpec(server: Server): PodSpec {
  const { secret, settings } = server.mounted;
  return {
    priorityClassName: server.me.priorityClassName,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(user),
    // A fast shutdown writes a checkpoint first; cut short, the next start replays the log instead.
    terminationGracePeriodSeconds: 60,
    initContainers: [adopt(server)],
    containers: [postgres(server)],
    volumes: [
      { name: "settings", configMap: { name: settings } },
      { name: "admin", secret: { secretName: secret, items: [{ key: "password", path: "password" }] } },
      {
        name: "certificate",
        secret: {
          secretName: secret,
          defaultMode: 0o640,
          items: ["tls.crt", "tls.key"].map((key) => ({ key, path: key })),
        },
      },
      { name: "run", emptyDir: { sizeLimit: "16Mi" } },
      { name: "temporary", emptyDir: { sizeLimit: "64Mi" } },
      { name: "shared-memory", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
    ],
  };
}

const mounts: types.input.core.v1.VolumeMount[] = [
  { name: "data", mountPath: paths.data },
  { name: "settings", mountPath: paths.settings, readOnly: true },
  { name: "admin", mountPath: paths.admin, readOnly: true },
  { name: "certificate", mountPath: paths.certificate, readOnly: true },
  { name: "run", mountPath: "/var/run/postgresql" },
  { name: "temporary", mountPath: "/tmp" },
  { name: "shared-memory", mountPath: "/dev/shm" },
];

const dataFolder = { name: "PGDATA", value: `${paths.data}/pgdata` };

function adopt({ image, size }: Server): Container {
  return {
    name: "adopt-password",
    image,
    command: ["sh", "-c", adoptPassword],
    env: [dataFolder],
    resources: requirements(size),
    securityContext: restrictedContainer,
    volumeMounts: mounts,
  };
}

function postgres({ image, size, parameters }: Server): Container {
  const isReady = { exec: { command: ["pg_isready", "--quiet", "--host", "127.0.0.1"] } };
  return {
    name: "postgres",
    image,
    args: ["postgres", ...parameters],
    env: [dataFolder, { name: "POSTGRES_PASSWORD_FILE", value: `${paths.admin}/password` }],
    ports: [{ name: "postgres", containerPort: 5432 }],
    startupProbe: { ...isReady, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 300 },
    readinessProbe: { ...isReady, periodSeconds: 5, timeoutSeconds: 5 },
    livenessProbe: { ...isReady, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
    resources: requirements(size),
    securityContext: restrictedContainer,
    volumeMounts: mounts,
  };
}
