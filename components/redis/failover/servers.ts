import type { types } from "@pulumi/kubernetes";
import { requirements } from "../../resources.ts";
import { hosts, spreadOver } from "../../spread.ts";
import { storePod } from "../../storePod.ts";
import { port } from "../settings.ts";
import { podSpec, type Server } from "../statefulSet.ts";
import { sentinelPort, serverNames, servers } from "./names.ts";
import { startSentinel, startServer } from "./scripts.ts";

/** The servers, each with a Sentinel beside it. */
export function serversSpec(server: Server): types.input.apps.v1.StatefulSetSpec {
  const pod = podSpec(server);
  const [redis] = pod.containers as types.input.core.v1.Container[];
  const told = [
    ...(redis!.env as types.input.core.v1.EnvVar[]),
    { name: "ME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    { name: "SERVERS", value: serverNames(server.me.name).join(" ") },
    { name: "PORT", value: String(port) },
  ];
  const temporary = { name: "temporary", mountPath: "/tmp" };
  const mounts = redis!.volumeMounts as types.input.core.v1.VolumeMount[];
  const { args: _, ...own } = redis!;
  const asked = {
    exec: {
      command: ["sh", "-c", `[ "$(REDISCLI_AUTH="$ADMIN_PASSWORD" redis-cli -p ${sentinelPort} ping)" = PONG ]`],
    },
    timeoutSeconds: 5,
  };
  const sentinel = {
    ...own,
    name: "sentinel",
    command: ["sh", "-euc", startSentinel],
    env: told,
    ports: [{ name: "sentinel", containerPort: sentinelPort }],
    startupProbe: { ...asked, periodSeconds: 1, failureThreshold: 300 },
    readinessProbe: { ...asked, periodSeconds: 5 },
    livenessProbe: { ...asked, periodSeconds: 20, failureThreshold: 6 },
    resources: requirements({ cpu: "20m", memory: "64Mi" }),
    volumeMounts: [mounts.find(({ name }) => name === "data")!, temporary],
  };
  const containers = [
    { ...own, command: ["sh", "-euc", startServer], env: told, volumeMounts: [...mounts, temporary] },
    sentinel,
  ];
  const volumes = [...(pod.volumes as []), { name: "temporary", emptyDir: { sizeLimit: "64Mi" } }];
  const topologySpreadConstraints = spreadOver(hosts, server.me.selector);
  const spec = storePod(server.me, { ...pod, containers, volumes, topologySpreadConstraints }, server.storage);
  return { ...spec, replicas: servers };
}
