import { fixEnvironmentLabel } from "./environmentLabel.ts";
import { fixMountedToken } from "./mountedToken.ts";
import type { Remediation } from "./remediation.ts";
import { fixSecurityContext } from "./securityContext.ts";

/** What can be mended without a doubt. */
export const remediations: readonly Remediation[] = [fixSecurityContext, fixMountedToken, fixEnvironmentLabel];
