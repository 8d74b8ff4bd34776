import { cases as access } from "./access.cases.ts";
import { cases as availability } from "./availability.cases.ts";
import { cases as credentials } from "./credentials.cases.ts";
import { cases as database } from "./database.cases.ts";
import { cases as headline } from "./headline.cases.ts";
import { cases as images } from "./images.cases.ts";
import { cases as isolation } from "./isolation.cases.ts";
import { cases as lifecycle } from "./lifecycle.cases.ts";
import { cases as logs } from "./logs.cases.ts";
import { cases as metadata } from "./metadata.cases.ts";
import { cases as migrations } from "./migrations.cases.ts";
import { cases as network } from "./network.cases.ts";
import { cases as options } from "./options.cases.ts";
import { cases as parity } from "./parity.cases.ts";
import { cases as pods } from "./pods.cases.ts";
import { cases as relations } from "./relations.cases.ts";
import { cases as relationsBackup } from "./relationsBackup.cases.ts";
import { cases as relationsConnections } from "./relationsConnections.cases.ts";
import { cases as relationsDatabase } from "./relationsDatabase.cases.ts";
import { cases as relationsEnvironment } from "./relationsEnvironment.cases.ts";
import { cases as relationsNetwork } from "./relationsNetwork.cases.ts";
import { cases as relationsQuota } from "./relationsQuota.cases.ts";
import { cases as relationsRollout } from "./relationsRollout.cases.ts";
import { cases as relationsSecrets } from "./relationsSecrets.cases.ts";
import { cases as relationsStorage } from "./relationsStorage.cases.ts";
import { cases as resources } from "./resources.cases.ts";
import { cases as routes } from "./routes.cases.ts";
import { cases as secrets } from "./secrets.cases.ts";
import { cases as storage } from "./storage.cases.ts";
import type { Cases } from "./table.ts";
import { cases as tls } from "./tls.cases.ts";

/** The cases of every rule. */
export const cases: readonly Cases[] = [
  ...access,
  ...availability,
  ...credentials,
  ...database,
  ...headline,
  ...images,
  ...isolation,
  ...lifecycle,
  ...logs,
  ...metadata,
  ...migrations,
  ...network,
  ...options,
  ...parity,
  ...pods,
  ...relations,
  ...relationsBackup,
  ...relationsConnections,
  ...relationsDatabase,
  ...relationsEnvironment,
  ...relationsNetwork,
  ...relationsQuota,
  ...relationsRollout,
  ...relationsSecrets,
  ...relationsStorage,
  ...resources,
  ...routes,
  ...secrets,
  ...storage,
  ...tls,
];
