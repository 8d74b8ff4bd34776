import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { containerRule } from "../pods/podRule.ts";
import type { Finding } from "../rule.ts";

/** One school: a variable shows in dumps and child processes. The other: a file is read once too. */
export const secretsAsFiles = containerRule(
  {
    id: "secrets-as-files",
    description: "Secrets are mounted as files, not handed over as variables.",
    why: "Variables go on to every child process, and crash reports and debug pages print them, the secret too.",
    severity: "low",
    levels: off,
    rows: ["G04"],
    frameworks: ["CIS 5.4.1"],
  },
  ({ field, name }) => {
    const variables = field.at("env").items();
    const sources = field.at("envFrom").items();
    const references = [
      ...variables.map((variable) => (variable.unknown ? variable : variable.at("valueFrom", "secretKeyRef"))),
      ...sources.map((source) => (source.unknown ? source : source.at("secretRef"))),
    ];
    return references.flatMap((reference): Finding[] => {
      if (reference.absent) return [];
      // That there is one is enough, whichever it will be.
      const certain = !reference.unknown || /(secretKeyRef|secretRef)$/.test(reference.path);
      const words = { problem: "hands a secret over as a variable", fix: "mount it as a file" };
      return [certain ? finding(reference, words, name) : notDecided(reference, name)];
    });
  },
);

export const noTokenSecrets = objectRule(
  {
    id: "no-token-secrets",
    description: "No Secret holds a service account's token, and no account names one: such a token never ends.",
    why: "Who copied it once is let in by the API server until somebody deletes the Secret, years after the pod is gone.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["G07"],
  },
  ["Secret", "ServiceAccount"],
  (root, { object: { kind } }): Finding[] => {
    const fix = "let pods get their token by projection";
    if (kind === "ServiceAccount") {
      const secrets = root.at("secrets");
      return secrets.items().length > 0 ? [finding(secrets, { problem: "names tokens that never end", fix })] : [];
    }
    return judge(root.at("type"), (type) =>
      type.text === "kubernetes.io/service-account-token"
        ? [finding(type, { problem: "is a token that never ends", fix, value: type.text })]
        : [],
    );
  },
);

export const forbiddenVariables = containerRule(
  {
    id: "forbidden-variables",
    description: "No container has a variable that is forbidden, such as one that switches a guard off.",
    why: "One variable left over from a test switches a guard off for everybody, and nothing else looks unusual.",
    severity: "medium",
    levels: off,
    rows: ["G10"],
    parameters: z.strictObject({
      variables: z
        .array(z.strictObject({ name: z.string(), value: z.string().optional().describe("any when left out") }))
        .default([]),
    }),
  },
  ({ field, name }, _pod, { variables }) =>
    field
      .at("env")
      .items()
      .flatMap((variable) => {
        const open = variable.unknown || variable.at("name").unknown;
        if (open) return variables.length > 0 ? [notDecided(variable, name)] : [];
        const found = variables.find((one) => one.name === variable.at("name").text);
        const value = variable.at("value");
        if (!found) return [];
        if (found.value !== undefined && value.unknown) return judge(value, () => [], name);
        return found.value === undefined || found.value === value.text
          ? [finding(variable, { problem: `sets ${found.name}`, fix: "leave it out" }, name)]
          : [];
      }),
);
