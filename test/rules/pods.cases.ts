import { appArmorProfile } from "../../core/rules/pods/appArmor.ts";
import { addedCapabilities, droppedCapabilities, droppedNetRaw } from "../../core/rules/pods/capabilities.ts";
import { fewContainers } from "../../core/rules/pods/containerCount.ts";
import { securityContextStated } from "../../core/rules/pods/contextStated.ts";
import { dnsOptions } from "../../core/rules/pods/dns.ts";
import { noHostAliases } from "../../core/rules/pods/hostAliases.ts";
import { noHostNamespaces } from "../../core/rules/pods/hostNamespaces.ts";
import { noHostPath } from "../../core/rules/pods/hostPath.ts";
import { noHostPort } from "../../core/rules/pods/hostPort.ts";
import { noHostProcess } from "../../core/rules/pods/hostProcess.ts";
import { groupIds, userIds } from "../../core/rules/pods/identities.ts";
import { noGitCommand, noSubPath } from "../../core/rules/pods/injectedContent.ts";
import { noSsh, noTerminal } from "../../core/rules/pods/interactive.ts";
import { notUserZero, runAsNonRoot } from "../../core/rules/pods/nonRoot.ts";
import { nodeAffinityStated, noNodeChoice } from "../../core/rules/pods/placement.ts";
import { noPrivilegedPorts, portNames } from "../../core/rules/pods/ports.ts";
import { noPrivilegedContainers } from "../../core/rules/pods/privileged.ts";
import { noPrivilegeEscalation } from "../../core/rules/pods/privilegeEscalation.ts";
import { probeCommands } from "../../core/rules/pods/probeCommands.ts";
import { noProbeHost } from "../../core/rules/pods/probeHost.ts";
import { defaultProcMount } from "../../core/rules/pods/procMount.ts";
import { readOnlyRoot } from "../../core/rules/pods/readOnlyRoot.ts";
import { noRuntimeSocket } from "../../core/rules/pods/runtimeSocket.ts";
import { noUnconfinedSeccomp, seccompProfile } from "../../core/rules/pods/seccomp.ts";
import { seLinuxOptions } from "../../core/rules/pods/seLinux.ts";
import { safeSysctls } from "../../core/rules/pods/sysctls.ts";
import { volumeTypes } from "../../core/rules/pods/volumeTypes.ts";
import { asRollout, inCronJob, type Manifest, manifest, withContainer, withPod, withSecurity } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const rollout = (spec: object): Manifest => ({ ...withPod({}), kind: "Backend", spec: { template: { spec } } });
const init = (container: object) => withPod({ initContainers: [{ name: "wait", ...container }] });
const volumes = (...volumes: object[]) => withPod({ volumes });

table(noPrivilegedContainers, {
  refuses: {
    "a container": withSecurity({ privileged: true }),
    "one in a CronJob": inCronJob(withSecurity({ privileged: true })),
    "an init container": init({ securityContext: { privileged: true } }),
    "an ephemeral container": withPod({
      ephemeralContainers: [{ name: "shell", securityContext: { privileged: true } }],
    }),
    "one of a Rollout": asRollout(withSecurity({ privileged: true })),
    "one of a custom resource": rollout({ containers: [{ name: "api", securityContext: { privileged: true } }] }),
    "true as a text": withSecurity({ privileged: "true" }),
  },
  passes: {
    "one that says it is not": withSecurity({ privileged: false }),
    "one of a Rollout that says it is not": asRollout(withSecurity({ privileged: false })),
    "a Rollout that leaves its pods to a Deployment": manifest("Rollout", { spec: { workloadRef: { name: "web" } } }),
    "one that says nothing": withContainer({}),
  },
});

table(noHostNamespaces, {
  refuses: {
    "the network": withPod({ hostNetwork: true }),
    "the processes": withPod({ hostPID: true }),
    "the memory": inCronJob(withPod({ hostIPC: true })),
    "the one that is not allowed": {
      set: { allowed: ["hostNetwork"] },
      of: withPod({ hostNetwork: true, hostPID: true }),
    },
  },
  passes: {
    "namespaces of its own": withPod({ hostNetwork: false, hostUsers: false }),
    "what is allowed": { set: { allowed: ["hostNetwork"] }, of: withPod({ hostNetwork: true }) },
  },
});

table(noHostPath, {
  refuses: {
    "a folder of the node": volumes({ name: "a", hostPath: { path: "/" } }),
    "a way out of what is allowed": {
      set: { allowed: ["/data/*"] },
      of: volumes({ name: "a", hostPath: { path: "/data/../etc" } }),
    },
  },
  passes: {
    "other volumes": volumes({ name: "a", emptyDir: {} }, { name: "b", configMap: { name: "c" } }),
    "what is allowed": { set: { allowed: ["/data/*"] }, of: volumes({ name: "a", hostPath: { path: "/data/a" } }) },
  },
});

table(noRuntimeSocket, {
  refuses: {
    "Docker's socket": volumes({ name: "a", hostPath: { path: "/var/run/docker.sock" } }),
    "containerd's": volumes({ name: "a", hostPath: { path: "/run/containerd/containerd.sock" } }),
    "its folder": volumes({ name: "a", hostPath: { path: "/run/containerd" } }),
  },
  passes: {
    "no folder of the node": volumes({ name: "a", emptyDir: {} }),
    "another file": volumes({ name: "a", hostPath: { path: "/var/log" } }),
  },
});

table(noHostPort, {
  refuses: {
    "a port of the node": withContainer({ ports: [{ containerPort: 80 }, { containerPort: 8080, hostPort: 8080 }] }),
    "one outside what is allowed": {
      set: { allowed: [{ min: 9000, max: 9001 }] },
      of: withContainer({ ports: [{ hostPort: 9002 }] }),
    },
  },
  passes: {
    "ports of the pod": withContainer({ ports: [{ containerPort: 80, hostPort: 0 }] }),
    "what is allowed": {
      set: { allowed: [{ min: 9000, max: 9001 }] },
      of: withContainer({ ports: [{ hostPort: 9001 }] }),
    },
  },
});

const hostProcess = { securityContext: { windowsOptions: { hostProcess: true } } };
table(noHostProcess, {
  refuses: { "a pod": withPod(hostProcess), "a container": withContainer(hostProcess) },
  passes: { "a Windows container": withSecurity({ windowsOptions: { hostProcess: false } }) },
});

table(addedCapabilities, {
  refuses: {
    "one beyond the baseline": withSecurity({ capabilities: { add: ["SYS_ADMIN"] } }),
    "the same with its prefix": withSecurity({ capabilities: { add: ["CAP_NET_ADMIN"] } }),
    "all in small letters": init({ securityContext: { capabilities: { add: ["all"] } } }),
    "one that is not allowed": { set: { allowed: ["KILL"] }, of: withSecurity({ capabilities: { add: ["CHOWN"] } }) },
  },
  passes: {
    "one of the baseline": withSecurity({ capabilities: { add: ["NET_BIND_SERVICE"] } }),
    "another with its prefix": withSecurity({ capabilities: { add: ["CAP_CHOWN"] } }),
    none: withSecurity({ capabilities: { drop: ["ALL"] } }),
  },
});

table(droppedCapabilities, {
  refuses: {
    "none dropped": withContainer({}),
    "some dropped": withSecurity({ capabilities: { drop: ["NET_RAW"] } }),
    "one added again": withSecurity({ capabilities: { drop: ["ALL"], add: ["KILL"] } }),
  },
  passes: {
    "all dropped": withSecurity({ capabilities: { drop: ["ALL"] } }),
    "the one that may be added": withSecurity({ capabilities: { drop: ["all"], add: ["NET_BIND_SERVICE"] } }),
    "a Windows pod, which has none": withPod({ os: { name: "windows" } }),
    "those required": { set: { required: ["KILL"] }, of: withSecurity({ capabilities: { drop: ["KILL"] } }) },
  },
});

table(droppedNetRaw, {
  refuses: { "what is kept": withSecurity({ capabilities: { drop: ["KILL"] } }) },
  passes: {
    "it by name": withSecurity({ capabilities: { drop: ["NET_RAW"] } }),
    all: withSecurity({ capabilities: { drop: ["ALL"] } }),
  },
});

table(defaultProcMount, {
  refuses: { "an unmasked one": withSecurity({ procMount: "Unmasked" }) },
  passes: { "the default": withSecurity({ procMount: "Default" }) },
});

table(seLinuxOptions, {
  refuses: {
    "a type that leaves it": withSecurity({ seLinuxOptions: { type: "spc_t" } }),
    "a user": withPod({ securityContext: { seLinuxOptions: { user: "system_u" } } }),
    "a role": withSecurity({ seLinuxOptions: { type: "container_t", role: "system_r" } }),
  },
  passes: {
    "a container's type": withSecurity({ seLinuxOptions: { type: "container_t", level: "s0:c1,c2" } }),
    "one that is allowed": { set: { types: ["my_t"] }, of: withSecurity({ seLinuxOptions: { type: "my_t" } }) },
  },
});

const annotation = "container.apparmor.security.beta.kubernetes.io/api";
table(appArmorProfile, {
  refuses: {
    "it turned off": withSecurity({ appArmorProfile: { type: "Unconfined" } }),
    "it turned off for the pod": withPod({ securityContext: { appArmorProfile: { type: "Unconfined" } } }),
    "it turned off by annotation": withPod({}, { annotations: { [annotation]: "unconfined" } }),
  },
  passes: {
    "the runtime's": withSecurity({ appArmorProfile: { type: "RuntimeDefault" } }),
    "one of the node's, by annotation": withPod({}, { annotations: { [annotation]: "localhost/api", other: "x" } }),
  },
});

table(noUnconfinedSeccomp, {
  refuses: { "every call allowed": withPod({ securityContext: { seccompProfile: { type: "Unconfined" } } }) },
  passes: {
    "the runtime's": withPod({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    nothing: withContainer({}),
    "a profile": withSecurity({ seccompProfile: { type: "Localhost", localhostProfile: "a.json" } }),
  },
});

table(seccompProfile, {
  refuses: {
    none: withContainer({}),
    "a container that takes the pod's away": withSecurity(
      { seccompProfile: { type: "Unconfined" } },
      { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
    ),
  },
  passes: {
    "the pod's": withPod({ securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    "none, where none is required": { set: { required: false }, of: withContainer({}) },
  },
});

table(safeSysctls, {
  refuses: {
    "one of the node": withPod({ securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }),
    "a denied one": {
      set: { denied: ["net.*"] },
      of: withPod({ securityContext: { sysctls: [{ name: "net.ipv4.tcp_rmem", value: "1" }] } }),
    },
  },
  passes: {
    "one of its own": withPod({ securityContext: { sysctls: [{ name: "net.ipv4.tcp_keepalive_time", value: "1" }] } }),
  },
});

table(noProbeHost, {
  refuses: {
    "a probe to another host": withContainer({ livenessProbe: { httpGet: { host: "169.254.169.254", port: 80 } } }),
    "a hook to another host": withContainer({ lifecycle: { preStop: { httpGet: { host: "example.org", port: 80 } } } }),
  },
  passes: { "a probe to itself": withContainer({ readinessProbe: { httpGet: { path: "/", port: 80 } } }) },
});

table(noPrivilegeEscalation, {
  refuses: {
    "what may gain rights": withSecurity({ allowPrivilegeEscalation: true }),
    "what does not say": withContainer({}),
  },
  passes: { "what may not": withSecurity({ allowPrivilegeEscalation: false }) },
});

table(runAsNonRoot, {
  refuses: {
    "who does not say": withContainer({}),
    "a container that takes it back": withSecurity(
      { runAsNonRoot: false },
      { securityContext: { runAsNonRoot: true } },
    ),
  },
  passes: {
    "the pod's word": withPod({ securityContext: { runAsNonRoot: true } }),
    "the container's": withSecurity({ runAsNonRoot: true }),
  },
});

table(notUserZero, {
  refuses: {
    root: withSecurity({ runAsUser: 0 }),
    "root for the whole pod": withPod({ securityContext: { runAsUser: "0" } }),
  },
  passes: { "another user": withSecurity({ runAsUser: 1000 }), "no user named": withContainer({}) },
});

table(userIds, {
  refuses: {
    "a low one": withSecurity({ runAsUser: 1000 }),
    none: withContainer({}),
    "one outside": { set: { runAsUser: { ranges: [{ min: 5, max: 6 }] } }, of: withSecurity({ runAsUser: 7 }) },
  },
  passes: {
    "a high one": withSecurity({ runAsUser: 10_001 }),
    "the pod's": withPod({ securityContext: { runAsUser: 20_000 } }),
  },
});

table(groupIds, {
  refuses: {
    "root's group": withSecurity({ runAsGroup: 0 }),
    none: withContainer({}),
    "volumes of root's group": withPod({ securityContext: { runAsGroup: 1, fsGroup: 0 } }),
    "one more group outside": {
      set: { supplementalGroups: { ranges: [{ min: 100, max: 200 }] } },
      of: withPod({ securityContext: { runAsGroup: 1, supplementalGroups: [150, 201] } }),
    },
  },
  passes: {
    "another group": withPod({ securityContext: { runAsGroup: 1000, fsGroup: 1000, supplementalGroups: [7] } }),
  },
});

table(volumeTypes, {
  refuses: {
    "a folder of the node": volumes({ name: "a", hostPath: { path: "/" } }),
    "a server's": volumes({ name: "a", nfs: { server: "s", path: "/" } }),
  },
  passes: {
    "kinds that leave the node alone": volumes(
      { name: "a", secret: { secretName: "s" } },
      { name: "b", persistentVolumeClaim: { claimName: "c" } },
      { name: "c", projected: { sources: [] } },
    ),
  },
});

table(readOnlyRoot, {
  refuses: {
    "what can be written": withSecurity({ readOnlyRootFilesystem: false }),
    "what does not say": init({ image: "a" }),
  },
  passes: { "what can't": withSecurity({ readOnlyRootFilesystem: true }) },
});

table(probeCommands, {
  refuses: {
    "a tool": withContainer({ livenessProbe: { exec: { command: ["curl", "-f", "http://localhost"] } } }),
    "one in a shell line": withContainer({ readinessProbe: { exec: { command: ["sh", "-c", "ps | grep api"] } } }),
    "one by its path": withContainer({ startupProbe: { exec: { command: ["/usr/bin/wget"] } } }),
  },
  passes: {
    "a probe over HTTP": withContainer({ livenessProbe: { httpGet: { port: 80 } } }),
    "the app's own check": withContainer({ livenessProbe: { exec: { command: ["/app/healthy", "--psql"] } } }),
  },
});

table(noNodeChoice, {
  refuses: {
    "a node's label": withPod({ nodeSelector: { disk: "fast" } }),
    "a node by name": withPod({ nodeName: "a" }),
    "an affinity": withPod({ affinity: { nodeAffinity: {} } }),
    "the control plane's": withPod({
      tolerations: [{ key: "node-role.kubernetes.io/control-plane", operator: "Exists" }],
    }),
    "a runtime class": { set: { runtimeClasses: ["kata*"] }, of: withPod({ runtimeClassName: "gvisor" }) },
  },
  passes: {
    "no choice": withPod({ tolerations: [{ key: "dedicated", value: "batch" }], affinity: { podAffinity: {} } }),
  },
});

table(nodeAffinityStated, {
  refuses: { none: withPod({}) },
  passes: { one: withPod({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: {} } } }) },
});

const many = (count: number) =>
  withPod({ containers: Array.from({ length: count }, (_, index) => ({ name: `c${index}` })) });
table(fewContainers, {
  refuses: { five: many(5), "two, where one is most": { set: { most: 1 }, of: many(2) } },
  passes: { four: many(4) },
});

const ndots = (value: string) => withPod({ dnsConfig: { options: [{ name: "ndots", value }] } });
table(dnsOptions, {
  refuses: { "another value": ndots("5"), none: withPod({}) },
  passes: { "the value": ndots("2"), "the value that was set": { set: { ndots: 1 }, of: ndots("1") } },
});

table(portNames, {
  refuses: { "one without": withContainer({ ports: [{ name: "http", containerPort: 80 }, { containerPort: 81 }] }) },
  passes: { "all with": withContainer({ ports: [{ name: "http", containerPort: 80 }] }) },
});

table(noPrivilegedPorts, {
  refuses: { "port 80": withContainer({ ports: [{ containerPort: 80 }] }) },
  passes: { "port 8080": withContainer({ ports: [{ containerPort: 8080 }] }), "no workload": manifest("Service") },
});

table(noHostAliases, {
  refuses: { some: withPod({ hostAliases: [{ ip: "10.0.0.1", hostnames: ["db"] }] }) },
  passes: { none: withPod({}) },
});

table(noSsh, {
  refuses: {
    "its port": withContainer({ ports: [{ containerPort: 22 }] }),
    "its server": withContainer({ command: ["/usr/sbin/sshd", "-D"] }),
    "sudo in a shell line": withContainer({ args: ["-c", "sudo app"] }),
  },
  passes: { "other ports and words": withContainer({ ports: [{ containerPort: 2222 }], args: ["--sudoku"] }) },
});

table(noTerminal, {
  refuses: { "a terminal": withContainer({ tty: true }), "its input": withContainer({ stdin: true }) },
  passes: { neither: withContainer({ tty: false }) },
});

table(securityContextStated, {
  refuses: {
    none: withContainer({}),
    "an empty one": withSecurity({}),
    "one of two containers": withPod({
      containers: [{ name: "a", securityContext: { privileged: false } }, { name: "b" }],
    }),
  },
  passes: {
    "the container's": withSecurity({ runAsNonRoot: true }),
    "the pod's": withContainer({}, { securityContext: { runAsNonRoot: true } }),
  },
});

const mounting = (mount: object) => withContainer({ volumeMounts: [{ name: "a", mountPath: "/a", ...mount }] });
table(noSubPath, {
  refuses: { "a path": mounting({ subPath: "b" }), "one with variables": mounting({ subPathExpr: "$(POD)" }) },
  passes: { "the whole volume": mounting({}) },
});

const synced = (env: object) => withContainer({ image: "registry.k8s.io/git-sync/git-sync:v4.4.0", env: [env] });
table(noGitCommand, {
  refuses: { "another program": synced({ name: "GITSYNC_GIT", value: "/bin/sh" }) },
  passes: { "a repository": synced({ name: "GITSYNC_REPO", value: "https://git.example/a" }) },
});
