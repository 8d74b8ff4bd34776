// First, so that what follows comes from it.
import "./compileCache.ts";
import { PolicyPack } from "@pulumi/policy";
import { policiesFor } from "./adapter/policies.ts";
import { profiles } from "./profiles/index.ts";
import { release } from "./release/index.ts";
import { remediations } from "./remediations/index.ts";
import { remediationPolicies } from "./remediations/remediation.ts";
import { rules } from "./themes.ts";

new PolicyPack("palier", {
  description: "Rules for running a web system on Kubernetes, per environment.",
  enforcementLevel: "mandatory",
  policies: [...remediationPolicies(remediations), ...policiesFor({ rules, release, profiles })],
});
