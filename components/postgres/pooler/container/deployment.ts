import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../../../podSecurity.ts";
import { requirements } from "../../../resources.ts";
import { hosts, spreadOver } from "../../../spread.ts";
import { port } from "../../settings.ts";
import type { PoolerSettings } from "../settings.ts";
import { folders } from "./conf.ts";

/** Uid of `postgres` in the images of PgBouncer that are published. */
const user = 70;

/** Before 1.21 PgBouncer knows no prepared statements, and refuses a setting of theirs. */
const start = `minor="$(pgbouncer --version | sed -n 's/^PgBouncer 1\\.\\([0-9]*\\).*/\\1/p')"
if [ "${"$"}{minor:-21}" -ge 21 ]; then exec pgbouncer ${folders.settings}/pgbouncer.ini; fi
sed '/^max_prepared_statements /d' ${folders.settings}/pgbouncer.ini > /tmp/pgbouncer.ini
exec pgbouncer /tmp/pgbouncer.ini`;

/**
 * New connections go elsewhere first; then it ends as soon as each transaction that runs has, and not with the signal that follows,
 * which would cut them off.
 */
const drain = "sleep 5; kill -INT 1; sleep 45";

/** What a pooler mounts, by the names of Secrets and ConfigMaps: a new name rolls it. */
export interface Mounted {
  settings: pulumi.Input<string>;
  certificate: pulumi.Input<string>;
  authority: pulumi.Input<string>;
}

export interface Told {
  /** The server, by its Service. */
  server: string;
  /** Connections that all poolers together open at most, by pod: for the rules to count. */
  opens: number;
}

export function deploymentSpec(
  me: Member,
  image: pulumi.Input<string>,
  { instances, resources, clients }: PoolerSettings,
  { server, opens }: Told,
  mounted: Mounted,
): types.input.apps.v1.DeploymentSpec {
  const asked = { tcpSocket: { port }, timeoutSeconds: 5 };
  const container = {
    name: "pgbouncer",
    image,
    command: ["sh", "-ec", start],
    // What it may open to the server, and take of clients, is told as everybody tells it: by variables.
    env: [
      { name: "SERVER_URL", value: `postgres://${server}:${port}/?sslmode=verify-full` },
      { name: "SERVER_POOL_MAX", value: String(opens) },
      { name: "MAX_CLIENT_CONN", value: String(clients) },
    ],
    ports: [{ name: "postgres", containerPort: port }],
    lifecycle: { preStop: { exec: { command: ["sh", "-c", drain] } } },
    startupProbe: { ...asked, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...asked, periodSeconds: 5 },
    livenessProbe: { ...asked, periodSeconds: 20, failureThreshold: 6 },
    resources: requirements(resources),
    securityContext: restrictedContainer,
    volumeMounts: [
      { name: "settings", mountPath: folders.settings, readOnly: true },
      { name: "certificate", mountPath: folders.certificate, readOnly: true },
      { name: "authority", mountPath: folders.authority, readOnly: true },
      { name: "temporary", mountPath: "/tmp" },
    ],
  };
  const items = ["tls.crt", "tls.key"].map((key) => ({ key, path: key }));
  const spec = {
    priorityClassName: me.priorityClassName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(user),
    terminationGracePeriodSeconds: 60,
    topologySpreadConstraints: spreadOver(hosts, me.selector),
    containers: [container],
    volumes: [
      { name: "settings", secret: { secretName: mounted.settings, defaultMode: 0o440 } },
      { name: "certificate", secret: { secretName: mounted.certificate, defaultMode: 0o440, items } },
      { name: "authority", configMap: { name: mounted.authority } },
      { name: "temporary", emptyDir: { sizeLimit: "16Mi" } },
    ],
  };
  return {
    replicas: instances,
    selector: { matchLabels: me.selector },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: { metadata: { labels: { ...me.labels, ...me.selector } }, spec },
  };
}
