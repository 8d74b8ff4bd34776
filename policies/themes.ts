import type { AnyRule, Rule } from "../core/rules/rule.ts";
import { access } from "./access/index.ts";
import { availability } from "./availability/index.ts";
import { configuration } from "./configuration/index.ts";
import { database } from "./database/index.ts";
import { images } from "./images/index.ts";
import { lifecycle } from "./lifecycle/index.ts";
import { metadata } from "./metadata/index.ts";
import { network } from "./network/index.ts";
import { options } from "./options/index.ts";
import { pods } from "./pods/index.ts";
import { relations } from "./relations/index.ts";
import { release } from "./release/index.ts";
import { resources } from "./resources/index.ts";
import { secrets } from "./secrets/index.ts";
import { storage } from "./storage/index.ts";

export interface Theme<Listed = AnyRule> {
  readonly name: string;
  readonly description: string;
  readonly rules: readonly Listed[];
}

const aboutObjects: readonly Theme<Rule>[] = [
  { name: "configuration", description: "CORS, debug and log switches, wherever they are set.", rules: configuration },
  { name: "secrets", description: "Secrets are secret, strong, and an environment's own.", rules: secrets },
  {
    name: "database",
    description:
      "Databases are this environment's own, spoken to in cipher, and changed in steps that can be taken back.",
    rules: database,
  },
  { name: "images", description: "Images are named for good, and come from where they may.", rules: images },
  { name: "pods", description: "Pods are confined: the Pod Security Standards and their surroundings.", rules: pods },
  { name: "resources", description: "Pods say what they need.", rules: resources },
  { name: "availability", description: "Pods say when they serve, and can be moved.", rules: availability },
  { name: "lifecycle", description: "Jobs run, end and are removed.", rules: lifecycle },
  { name: "network", description: "What is reached, from where, and by which way.", rules: network },
  { name: "access", description: "Roles and accounts have the rights that they need.", rules: access },
  { name: "metadata", description: "Objects are of a served version, and say whose they are.", rules: metadata },
  {
    name: "storage",
    description: "What is kept is kept where it may be, encrypted, on volumes that somebody chose.",
    rules: storage,
  },
  { name: "options", description: "What the program tells Pulumi about its resources.", rules: options },
  { name: "relations", description: "What only the whole stack shows.", rules: relations },
];

/** Every rule, by theme. */
export const themes: readonly Theme[] = [
  ...aboutObjects,
  { name: "release", description: "What goes to production, when, and on whose word.", rules: release },
];

/** The rules about objects. */
export const rules: readonly Rule[] = aboutObjects.flatMap((theme) => theme.rules);
