import { finding } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { Field, undecided } from "../reading/field.ts";
import type { Rule } from "../rule.ts";

/** The whole object, the whole pod, or what of it other rules judge. */
const guarded =
  /^(\*|spec|spec\.(template|jobTemplate)(\.spec(\.template(\.spec)?)?)?|rules|webhooks|data|stringData)$|securityContext|(init|ephemeral)?[cC]ontainers\b(?!.*\.resources\b)|automountServiceAccountToken|serviceAccountName|host(Network|PID|IPC|Path)|volumes\b|\b(in|e)gress\b|podSelector|\btls\b/;

export const keptFields: Rule = {
  id: "security-fields-not-ignored",
  description:
    "ignoreChanges leaves out no field that other rules judge: images, commands, security contexts, rights, ways in.",
  why: "What is live may be anything, and the program goes on saying that it is safe.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["K04"],
  check: ({ object, ignoreChanges = [] }) => {
    // An old state does not tell, of any of its resources.
    if (ignoreChanges === undecided) return [];
    return ignoreChanges.flatMap((path, index) => {
      if (object.partial || !guarded.test(path)) return [];
      const field = new Field(path, `ignoreChanges[${index}]`);
      const problem = "lets anybody change what rules have judged";
      return [
        finding(field, { problem, fix: "name the one field that somebody else sets, as spec.replicas", value: path }),
      ];
    });
  },
};
