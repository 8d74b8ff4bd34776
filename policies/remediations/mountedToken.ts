import { podSpec } from "./podSpec.ts";
import type { Remediation } from "./remediation.ts";

/** A pod without an account of its own has been given no rights that it could use. */
export const fixMountedToken: Remediation = {
  name: "fix-mounted-token",
  description:
    "Hands out no token for the API server to pods of the account that everybody has, where they say nothing of it.",
  mend: (inputs, kind) => {
    const pod = podSpec(inputs, kind);
    const account = pod?.["serviceAccountName"] ?? pod?.["serviceAccount"] ?? "default";
    if (!pod || account !== "default" || pod["automountServiceAccountToken"] !== undefined) return false;
    pod["automountServiceAccountToken"] = false;
    return true;
  },
};
