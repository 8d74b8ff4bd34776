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
import type { Rule } from "../../core/rules/rule.ts";

export const pods: readonly Rule[] = [
  noPrivilegedContainers,
  noHostNamespaces,
  noHostPath,
  noRuntimeSocket,
  noHostPort,
  noHostProcess,
  addedCapabilities,
  defaultProcMount,
  seLinuxOptions,
  appArmorProfile,
  noUnconfinedSeccomp,
  safeSysctls,
  noProbeHost,
  droppedCapabilities,
  droppedNetRaw,
  noPrivilegeEscalation,
  runAsNonRoot,
  notUserZero,
  seccompProfile,
  volumeTypes,
  readOnlyRoot,
  securityContextStated,
  userIds,
  groupIds,
  probeCommands,
  noNodeChoice,
  nodeAffinityStated,
  fewContainers,
  dnsOptions,
  portNames,
  noPrivilegedPorts,
  noHostAliases,
  noSsh,
  noTerminal,
  noGitCommand,
  noSubPath,
];
