import { serviceAccountExists } from "../../core/rules/access/ownAccount.ts";
import { replicasLeftToAutoscaler, scaleTargetExists } from "../../core/rules/availability/autoscaling.ts";
import { keysExist } from "../../core/rules/configuration/references.ts";
import { isolatedPods, policiesSelect } from "../../core/rules/network/policies.ts";
import { jobPodsApart, servicePorts, serviceSelects } from "../../core/rules/network/serviceTargets.ts";
import { envParity } from "../../core/rules/parity/envParity.ts";
import { databaseSaved, restoreDrilled } from "../../core/rules/relations/backupExists.ts";
import { backupSound } from "../../core/rules/relations/backupSound.ts";
import { hasBudget } from "../../core/rules/relations/budgets.ts";
import { certificateExists } from "../../core/rules/relations/certificateExists.ts";
import { certificateValid } from "../../core/rules/relations/certificateValid.ts";
import { connectionBudget } from "../../core/rules/relations/connections.ts";
import { corsServed } from "../../core/rules/relations/corsServed.ts";
import { databaseGuarded, databaseGuardNarrow } from "../../core/rules/relations/databaseGuard.ts";
import { databaseInside } from "../../core/rules/relations/databaseInside.ts";
import { encryptedVolumes } from "../../core/rules/relations/encryptedVolumes.ts";
import { exposedReadNoSecrets, exposureKnown } from "../../core/rules/relations/exposedWorkloads.ts";
import { monitored } from "../../core/rules/relations/monitored.ts";
import { defaultDeny, namespaceBounds } from "../../core/rules/relations/namespaces.ts";
import { fitsQuota } from "../../core/rules/relations/quota.ts";
import { restoreMasked } from "../../core/rules/relations/restoreMasked.ts";
import { zeroDowntime } from "../../core/rules/relations/rollout.ts";
import { routeBackends, routePorts } from "../../core/rules/relations/routeTargets.ts";
import { routesUnique } from "../../core/rules/relations/routeTwins.ts";
import { scalersUnique } from "../../core/rules/relations/scalerTwins.ts";
import { secretInItsPart, secretIsRead, secretsFromVault } from "../../core/rules/relations/secretRules.ts";
import { selectorsUnique } from "../../core/rules/relations/serviceTwins.ts";
import { statefulService } from "../../core/rules/relations/statefulService.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const relations: readonly Rule[] = [
  serviceSelects,
  servicePorts,
  jobPodsApart,
  policiesSelect,
  isolatedPods,
  keysExist,
  serviceAccountExists,
  scaleTargetExists,
  replicasLeftToAutoscaler,
  hasBudget,
  databaseInside,
  databaseGuarded,
  databaseGuardNarrow,
  zeroDowntime,
  routeBackends,
  routePorts,
  routesUnique,
  selectorsUnique,
  statefulService,
  scalersUnique,
  defaultDeny,
  exposedReadNoSecrets,
  exposureKnown,
  certificateExists,
  certificateValid,
  corsServed,
  secretInItsPart,
  secretIsRead,
  secretsFromVault,
  namespaceBounds,
  fitsQuota,
  monitored,
  connectionBudget,
  databaseSaved,
  backupSound,
  restoreDrilled,
  restoreMasked,
  encryptedVolumes,
  envParity,
];
