import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Resources } from "../../core/profile.ts";
import type { Member } from "../environment/member.ts";
import { restrictedContainer, restrictedPod, usualUser } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import { storePod } from "../storePod.ts";
import { port, serve } from "./settings.ts";

export interface Server {
  me: Member;
  image: pulumi.Input<string>;
  bucket: string;
  /** Name of the Secret with its keys: a new name rolls the pod. */
  secret: pulumi.Input<string>;
  storage: string;
  size: Resources;
}

const folder = "/data";

export function statefulSetSpec({
  me,
  image,
  bucket,
  secret,
  storage,
  size,
}: Server): types.input.apps.v1.StatefulSetSpec {
  const answers = { tcpSocket: { port }, timeoutSeconds: 5 };
  const container = {
    name: "store",
    image,
    command: ["sh", "-ec", serve],
    env: [
      { name: "FOLDER", value: `${folder}/buckets` },
      { name: "BUCKET", value: bucket },
      { name: "ADDRESS", value: `:${port}` },
      { name: "HOME", value: "/tmp" },
      { name: "RCLONE_AUTH_KEY", valueFrom: { secretKeyRef: { name: secret, key: "auth-key" } } },
    ],
    ports: [{ name: "s3", containerPort: port }],
    startupProbe: { ...answers, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...answers, periodSeconds: 5 },
    livenessProbe: { ...answers, periodSeconds: 20, failureThreshold: 6 },
    resources: requirements(size),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "data", mountPath: folder },
      { name: "temporary", mountPath: "/tmp" },
    ],
  };
  const pod = {
    priorityClassName: me.priorityClassName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(usualUser),
    containers: [container],
    volumes: [{ name: "temporary", emptyDir: { sizeLimit: "64Mi" } }],
  };
  return storePod(me, pod, storage);
}
