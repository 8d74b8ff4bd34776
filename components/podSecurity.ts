import type { types } from "@pulumi/kubernetes";

/** Uid that a process has where nothing is said. */
export const usualUser = 1000;

/** The pod's half of the Pod Security Standard "restricted". */
export function restrictedPod(user: number): types.input.core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** The container's half; beyond the standard, its root file system can't be written. */
export const restrictedContainer: types.input.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};
