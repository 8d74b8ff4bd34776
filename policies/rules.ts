import type { Rule } from "../core/rules/rule.ts";
import { access } from "./access/index.ts";
import { availability } from "./availability/index.ts";
import { configuration } from "./configuration/index.ts";
import { images } from "./images/index.ts";
import { lifecycle } from "./lifecycle/index.ts";
import { metadata } from "./metadata/index.ts";
import { network } from "./network/index.ts";
import { pods } from "./pods/index.ts";
import { resources } from "./resources/index.ts";
import { secrets } from "./secrets/index.ts";
import { storage } from "./storage/index.ts";

/** Every rule, by theme. */
export const themes: Readonly<Record<string, readonly Rule[]>> = {
  configuration,
  secrets,
  images,
  pods,
  resources,
  availability,
  lifecycle,
  network,
  access,
  metadata,
  storage,
};

export const rules: readonly Rule[] = Object.values(themes).flat();
