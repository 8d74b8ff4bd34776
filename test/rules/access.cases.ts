import { noClusterAdmin, noSystemGroups } from "../../core/rules/access/bindings.ts";
import { ownServiceAccount, serviceAccountExists } from "../../core/rules/access/ownAccount.ts";
import {
  noAdmissionRights,
  noBroadRights,
  noEscalation,
  noRightToEnterPods,
  noRightToMakePods,
  noSecretRights,
  noWildcardRights,
} from "../../core/rules/access/roles.ts";
import { noMountedToken } from "../../core/rules/access/serviceAccountToken.ts";
import { inCronJob, manifest, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const role = (verbs: string[], resources: string[], kind = "Role", name = "web", group = "") =>
  manifest(kind, { rules: [{ apiGroups: [group], resources, verbs }] }, { name });
const binding = (name: string, subjects: object[] = [], kind = "Role") =>
  manifest("RoleBinding", { roleRef: { kind, name }, subjects });
const harmless = role(["get", "list"], ["configmaps"]);

table(noClusterAdmin, {
  refuses: { everything: binding("cluster-admin", [], "ClusterRole") },
  passes: { "a role of its own": binding("web") },
});
table(noSystemGroups, {
  refuses: {
    everybody: binding("web", [
      { kind: "User", name: "a" },
      { kind: "Group", name: "system:authenticated" },
    ]),
  },
  passes: { "an account": binding("web", [{ kind: "ServiceAccount", name: "web" }]) },
});
table(noWildcardRights, {
  refuses: {
    "every verb": role(["*"], ["pods"]),
    "every resource": role(["get"], ["*"], "ClusterRole"),
    "the key that is refused": { set: { keys: ["verbs"] }, of: role(["*"], ["pods"]) },
  },
  passes: { names: harmless, "another key": { set: { keys: ["verbs"] }, of: role(["get"], ["*"]) } },
});
table(noSecretRights, {
  refuses: {
    "reading them": role(["get"], ["secrets"]),
    "reading all": role(["list"], ["*"]),
    "reading those of any group": role(["list"], ["secrets"], "Role", "web", "*"),
    "a binding to such a role": [binding("reader"), role(["get"], ["secrets"], "Role", "reader")],
  },
  passes: {
    "other things": harmless,
    "a binding to another role": [binding("web"), harmless],
    "what another group calls secrets": role(["get"], ["secrets"], "Role", "web", "secrets.example.org"),
  },
});
table(noRightToMakePods, {
  refuses: { pods: role(["create"], ["pods"]), "what makes pods": role(["*"], ["cronjobs"]) },
  passes: { "reading pods": role(["get"], ["pods"]) },
});
table(noRightToEnterPods, {
  refuses: { "a shell": role(["create"], ["pods/exec"]), "a node's own API": role(["get"], ["nodes/proxy"]) },
  passes: { logs: role(["get"], ["pods/log"]) },
});
table(noEscalation, {
  refuses: { "another's name": role(["impersonate"], ["users"]), "any role": role(["bind"], ["roles"]) },
  passes: { less: harmless },
});
table(noAdmissionRights, {
  refuses: {
    webhooks: role(["update"], ["mutatingwebhookconfigurations"]),
    tokens: role(["create"], ["serviceaccounts/token"]),
  },
  passes: { less: harmless },
});
table(noBroadRights, {
  refuses: { traffic: role(["patch"], ["endpointslices"]) },
  passes: { looking: role(["get"], ["endpoints"]) },
});
table(noMountedToken, {
  refuses: {
    "a pod that does not say": withPod({}),
    "a CronJob that does not": inCronJob(withPod({})),
    "a pod that asks for it": withPod({ automountServiceAccountToken: true }),
    "an account that does not say": manifest("ServiceAccount"),
  },
  passes: {
    "a pod without": withPod({ automountServiceAccountToken: false }),
    "a pooler, which asks for it": manifest("Pooler", { spec: { template: { spec: { containers: [] } } } }),
    "an account without": manifest("ServiceAccount", { automountServiceAccountToken: false }),
  },
});

const account = (name: string) => manifest("ServiceAccount", {}, { name });
table(ownServiceAccount, {
  refuses: { none: withPod({}), "everybody's": withPod({ serviceAccountName: "default" }) },
  passes: { "its own": withPod({ serviceAccountName: "web" }) },
});
table(serviceAccountExists, {
  refuses: { "a name that is none": [withPod({ serviceAccountName: "wbe" }), account("web")] },
  passes: {
    "one of the stack's": [withPod({ serviceAccountName: "web" }), account("web")],
    "one of another stack's": withPod({ serviceAccountName: "other" }),
  },
});
