import { postgresSsl } from "../../core/rules/database/postgresSsl.ts";
import { noProductionData } from "../../core/rules/database/productionData.ts";
import { requiredExtensions } from "../../core/rules/database/requiredExtensions.ts";
import { modestRoles } from "../../core/rules/database/roleRights.ts";
import { environmentIsolation } from "../../core/rules/isolation/otherEnvironment.ts";
import { noPrismaPush } from "../../core/rules/migrations/prismaPush.ts";
import { rollbackDeclared } from "../../core/rules/migrations/rollback.ts";
import type { Rule } from "../../core/rules/rule.ts";

export const database: readonly Rule[] = [
  noProductionData,
  environmentIsolation,
  postgresSsl,
  modestRoles,
  noPrismaPush,
  rollbackDeclared,
  requiredExtensions,
];
