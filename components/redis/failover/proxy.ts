import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../environment/member.ts";
import { restrictedContainer, restrictedPod } from "../../podSecurity.ts";
import { requirements } from "../../resources.ts";
import { hosts, spreadOver } from "../../spread.ts";
import { own } from "../acl.ts";
import { port } from "../settings.ts";

/** Uid of `haproxy` in the official image. */
const user = 99;
const folder = "/etc/palier/haproxy";
/** Port on which a proxy tells whether it runs. */
const health = 8404;
const replicas = 2;

/** Leads each connection to the server that says that it is the primary, and ends those to one that no longer does. */
export function haproxyConf(servers: readonly string[], password: string, listen = `:${port}`, at = port): string {
  const asked = [
    `tcp-check send "AUTH ${own.prober} ${password}\\r\\n"`,
    "tcp-check expect string +OK",
    'tcp-check send "INFO replication\\r\\n"',
    "tcp-check expect string role:master",
    'tcp-check send "QUIT\\r\\n"',
    "tcp-check expect string +OK",
  ];
  return `global
  maxconn 4096
defaults
  mode tcp
  timeout connect 2s
  timeout client 24h
  timeout server 24h
  timeout check 2s
listen redis
  bind ${listen}
  option clitcpka
  option srvtcpka
  option tcp-check
  tcp-check connect
${asked.map((line) => `  ${line}`).join("\n")}
  default-server check inter 500ms fall 1 rise 1 on-marked-down shutdown-sessions init-addr last,libc,none
${servers.map((server) => `  server ${server} ${server.includes(":") ? server : `${server}:${at}`}`).join("\n")}
frontend health
  mode http
  bind :${health}
  timeout client 5s
  monitor-uri /
`;
}

/** The proxies that everybody who links to the servers reaches. @param secret Name of the Secret with their settings. */
export function deploymentSpec(
  me: Member,
  image: pulumi.Input<string>,
  secret: pulumi.Input<string>,
): types.input.apps.v1.DeploymentSpec {
  const asked = { httpGet: { path: "/", port: health }, timeoutSeconds: 5 };
  const container = {
    name: "proxy",
    image,
    command: ["haproxy", "-W", "-db", "-f", `${folder}/haproxy.cfg`],
    ports: [
      { name: "redis", containerPort: port },
      { name: "health", containerPort: health },
    ],
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    startupProbe: { ...asked, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { tcpSocket: { port }, timeoutSeconds: 5, periodSeconds: 5 },
    livenessProbe: { ...asked, periodSeconds: 20, failureThreshold: 6 },
    resources: requirements({ cpu: "20m", memory: "64Mi" }),
    securityContext: restrictedContainer,
    volumeMounts: [{ name: "settings", mountPath: folder, readOnly: true }],
  };
  const spec = {
    priorityClassName: me.priorityClassName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(user),
    terminationGracePeriodSeconds: 30,
    topologySpreadConstraints: spreadOver(hosts, me.selector),
    containers: [container],
    volumes: [{ name: "settings", secret: { secretName: secret } }],
  };
  return {
    replicas,
    selector: { matchLabels: me.selector },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: { metadata: { labels: { ...me.labels, ...me.selector } }, spec },
  };
}
