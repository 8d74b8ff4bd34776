import { podSpec } from "./podSpec.ts";
import { type Inputs, mapAt, type Remediation } from "./remediation.ts";

/**
 * What no image can need that does not say so. That it runs as another user than root, or on a root that it can't write
 * to, is not certain, and left to the rules.
 */
export const fixSecurityContext: Remediation = {
  name: "fix-security-context",
  description: "Sets the runtime's own seccomp profile, and no way to more rights, where a pod says nothing of them.",
  mend: (inputs, kind) => {
    const pod = podSpec(inputs, kind);
    if (!pod || (pod["os"] as Inputs | undefined)?.["name"] === "windows") return false;
    const lists = ["containers", "initContainers"].map((key) => (pod[key] ?? []) as Inputs[]);
    const mended = lists.flat().map(escalation);
    return [seccomp(pod), ...mended].some(Boolean);
  },
};

function seccomp(pod: Inputs): boolean {
  const context = mapAt(pod, "securityContext");
  if (context["seccompProfile"] !== undefined) return false;
  context["seccompProfile"] = { type: "RuntimeDefault" };
  return true;
}

function escalation(container: Inputs): boolean {
  const context = mapAt(container, "securityContext");
  // The API server refuses the two together.
  const needsIt = context["privileged"] === true || JSON.stringify(context["capabilities"] ?? {}).includes("SYS_ADMIN");
  if (needsIt || context["allowPrivilegeEscalation"] !== undefined) return false;
  context["allowPrivilegeEscalation"] = false;
  return true;
}
