import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import type { About, Finding, Rule } from "../rule.ts";

const roles = ["Role", "ClusterRole"];

/** What one entry of a role's rules names under a key, or may name as it is not known. */
const named = (rule: Field, key: string, wanted: readonly string[]) => {
  const listed = rule.at(key).items();
  const certain = listed.filter(({ text }) => text !== undefined && wanted.includes(text));
  return certain.length > 0 ? certain : listed.filter(({ unknown }) => unknown);
};

export interface Right {
  /** Resources, `*` for all. */
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
  /** API groups that these resources are of: another group may have some of the same name. @default any */
  readonly groups?: readonly string[];
}

/** A rule against roles that give one of these rights, and against bindings to such a role of the same stack. */
function noRight(about: About, right: Right): Rule {
  return {
    ...about,
    check: ({ object, inventory }) => {
      if (roles.includes(object.kind)) return rightsIn(object.root, right);
      if (!["RoleBinding", "ClusterRoleBinding"].includes(object.kind)) return [];
      const reference = object.root.at("roleRef", "name");
      if (reference.unknown) return [notDecided(reference)];
      const kind = object.root.at("roleRef", "kind").text ?? "Role";
      const role = inventory.sharing(object, kind).find(({ name }) => name !== undefined && name === reference.text);
      const [found] = role ? rightsIn(role.root, right) : [];
      if (!found) return [];
      if (found.level === "undecided") return [found];
      return [
        finding(reference, { problem: `gives a right: ${found.problem}`, fix: found.fix, value: reference.text }),
      ];
    },
  };
}

/** What a role gives of a right, one finding for each entry that does. */
export function rightsIn(role: Field, right: Right): Finding[] {
  return role
    .at("rules")
    .items()
    .flatMap((rule): Finding[] => {
      const [verb] = named(rule, "verbs", right.verbs);
      const [resource] = right.resources ? named(rule, "resources", right.resources) : [verb];
      const groups = rule.at("apiGroups");
      const [group] = right.groups && !groups.absent ? named(rule, "apiGroups", [...right.groups, "*"]) : [verb];
      if (!verb || !resource || !group) return [];
      const open = [verb, resource, group].find(({ unknown }) => unknown);
      if (open) return [notDecided(open)];
      const problem = right.resources ? `may ${verb.text} ${resource.text}` : `may ${verb.text}`;
      return [finding(resource, { problem, fix: "name only what it needs", value: resource.text })];
    });
}

const keys = ["verbs", "resources", "apiGroups"] as const;

export const noWildcardRights = objectRule(
  {
    id: "no-wildcard-rights",
    description: "Roles name the verbs, resources and groups they mean.",
    why: "The star also means what comes next year: each new kind, and Secrets all along.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["H05"],
    frameworks: ["CIS 5.1.3"],
    parameters: z.strictObject({
      keys: z
        .array(z.enum(keys))
        .default([...keys])
        .describe("where `*` is refused"),
    }),
  },
  roles,
  (root, _subject, given) =>
    root
      .at("rules")
      .items()
      .flatMap((rule) => given.keys.flatMap((key) => named(rule, key, ["*"])))
      .flatMap((field) =>
        judge(field, () => [finding(field, { problem: "means everything", fix: "name what it needs", value: "*" })]),
      ),
);

export const noSecretRights = noRight(
  {
    id: "no-rights-on-secrets",
    description: "No role reads or writes Secrets.",
    why: "A stolen token of this account is worth every password of the namespace.",
    severity: "high",
    levels: off,
    demands: ["R-40"],
    rows: ["H06"],
    frameworks: ["CIS 5.1.2"],
  },
  {
    resources: ["secrets", "*"],
    groups: [""],
    verbs: ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*"],
  },
);

export const noRightToMakePods = noRight(
  {
    id: "no-right-to-make-pods",
    description: "No role makes pods: whoever does takes any service account's rights.",
    why: "A stolen token is enough to start a pod that mounts every Secret of the namespace.",
    severity: "high",
    levels: off,
    demands: ["R-40"],
    rows: ["H07"],
    frameworks: ["CIS 5.1.4"],
  },
  {
    resources: [
      "pods",
      "deployments",
      "statefulsets",
      "daemonsets",
      "replicasets",
      "replicationcontrollers",
      "jobs",
      "cronjobs",
      "*",
    ],
    verbs: ["create", "*"],
  },
);

export const noRightToEnterPods = noRight(
  {
    id: "no-right-to-enter-pods",
    description: "No role enters pods or goes to nodes directly.",
    why: "A shell in a pod has its secrets, its account and its network, and what is changed there stands in no code.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["H08"],
    frameworks: ["CIS 5.1.10", "NSA"],
  },
  {
    resources: ["pods/exec", "pods/attach", "pods/portforward", "nodes/proxy", "pods/*", "nodes/*"],
    verbs: ["get", "create", "update", "patch", "delete", "list", "watch", "*"],
  },
);

export const noEscalation = noRight(
  {
    id: "no-right-to-escalate",
    description: "No role gives itself or others more rights.",
    why: "Who holds it has every right of the cluster one request later, whatever else the role says.",
    severity: "critical",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["H09"],
    frameworks: ["CIS 5.1.8"],
  },
  { verbs: ["bind", "escalate", "impersonate"] },
);

export const noAdmissionRights = noRight(
  {
    id: "no-rights-on-admission",
    description: "No role changes admission webhooks, signs certificates, or makes volumes and tokens.",
    why: "Who may do one of these changes every object on its way in, signs in as anybody, or mounts a node's disk.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-40"],
    rows: ["H11"],
    frameworks: ["CIS 5.1.9", "CIS 5.1.11", "CIS 5.1.12", "CIS 5.1.13"],
  },
  {
    resources: [
      "mutatingwebhookconfigurations",
      "validatingwebhookconfigurations",
      "certificatesigningrequests/approval",
      "persistentvolumes",
      "serviceaccounts/token",
    ],
    verbs: ["create", "update", "patch", "*"],
  },
);

export const noBroadRights = noRight(
  {
    id: "no-rights-on-traffic",
    description: "No role leads traffic elsewhere by hand: endpoints, or what configures the network.",
    why: "One changed endpoint sends a Service's requests, with their passwords, to whatever address it names.",
    severity: "medium",
    levels: off,
    demands: ["R-40"],
    rows: ["H12"],
  },
  {
    resources: ["endpoints", "endpointslices"],
    verbs: ["create", "update", "patch", "delete", "*"],
  },
);
