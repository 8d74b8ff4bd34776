import { noClusterAdmin, noSystemGroups } from "../../core/rules/access/bindings.ts";
import { ownServiceAccount } from "../../core/rules/access/ownAccount.ts";
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
import type { Rule } from "../../core/rules/rule.ts";

export const access: readonly Rule[] = [
  noClusterAdmin,
  noSystemGroups,
  noAdmissionRights,
  noEscalation,
  noRightToEnterPods,
  noRightToMakePods,
  noSecretRights,
  noWildcardRights,
  noMountedToken,
  ownServiceAccount,
  noBroadRights,
];
