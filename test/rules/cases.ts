import { cases as access } from "./access.cases.ts";
import { cases as availability } from "./availability.cases.ts";
import { cases as headline } from "./headline.cases.ts";
import { cases as images } from "./images.cases.ts";
import { cases as lifecycle } from "./lifecycle.cases.ts";
import { cases as metadata } from "./metadata.cases.ts";
import { cases as network } from "./network.cases.ts";
import { cases as options } from "./options.cases.ts";
import { cases as pods } from "./pods.cases.ts";
import { cases as resources } from "./resources.cases.ts";
import { cases as secrets } from "./secrets.cases.ts";
import type { Cases } from "./table.ts";

/** The cases of every rule. */
export const cases: readonly Cases[] = [
  ...access,
  ...availability,
  ...headline,
  ...images,
  ...lifecycle,
  ...metadata,
  ...network,
  ...options,
  ...pods,
  ...resources,
  ...secrets,
];
