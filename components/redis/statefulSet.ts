import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Resources } from "../../core/profile.ts";
import type { Member } from "../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../podSecurity.ts";
import { requirements } from "../resources.ts";
import { storePod } from "../storePod.ts";
import { settingsFolder } from "./settings.ts";

export interface Server {
  me: Member;
  image: pulumi.Input<string>;
  /** Name of the Secret with the settings: a new name rolls the pod. */
  secret: pulumi.Input<string>;
  size: Resources;
  /** Size of the volume; none keeps the data in memory alone. */
  storage?: string;
}

/** Uid of `redis` in the official image. */
const user = 999;

export function statefulSetSpec(server: Server): types.input.apps.v1.StatefulSetSpec {
  return storePod(server.me, podSpec(server), server.storage);
}

export function podSpec({ me, image, secret, size, storage }: Server): types.input.core.v1.PodSpec {
  const fromSecret = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } });
  return {
    priorityClassName: me.priorityClassName,
    automountServiceAccountToken: false,
    securityContext: restrictedPod(user),
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        name: "redis",
        image,
        args: ["redis-server", `${settingsFolder}/redis.conf`],
        env: [fromSecret("REDISCLI_AUTH", "password"), fromSecret("ADMIN_PASSWORD", "admin-password")],
        ports: [{ name: "redis", containerPort: 6379 }],
        startupProbe: { ...answers, periodSeconds: 1, failureThreshold: 300 },
        readinessProbe: { ...answers, periodSeconds: 5 },
        livenessProbe: { ...answers, periodSeconds: 20, failureThreshold: 6 },
        resources: requirements(size),
        securityContext: restrictedContainer,
        volumeMounts: [
          { name: "settings", mountPath: settingsFolder, readOnly: true },
          { name: "data", mountPath: "/data" },
        ],
      },
    ],
    volumes: [
      { name: "settings", secret: { secretName: secret, items: [{ key: "redis.conf", path: "redis.conf" }] } },
      ...(storage ? [] : [{ name: "data", emptyDir: { sizeLimit: "64Mi" } }]),
    ],
  };
}

/** While it loads its data Redis answers with an error, so the port alone would say too little. */
const answers = {
  exec: { command: ["sh", "-c", '[ "$(redis-cli ping)" = PONG ]'] },
  timeoutSeconds: 5,
};
