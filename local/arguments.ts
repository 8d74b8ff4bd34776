import { type Stage, stageOf } from "../core/stage.ts";
import { LocalError } from "./steps.ts";
import { defaultSystem, type System } from "./systems.ts";

/** The environments that a local run has, each a stack of its own. */
export const environments = ["dev", "staging", "production"] as const;
export type LocalEnvironment = (typeof environments)[number];

export interface Wish {
  system: System;
  environment: LocalEnvironment;
  /** Show what would change, and change nothing. */
  preview: boolean;
  /** The kube context of somebody's own cluster, to use instead of the embedded node. */
  context?: string;
  /** Bring a real Traefik, and lead to the app through it. */
  edge: boolean;
}

/** Reads `[system] [environment] [--preview] [--edge] [--context NAME]`. The names are disjoint, so their order is free. */
export function readWish(argv: string[], systems: System[], env: NodeJS.ProcessEnv = process.env): Wish {
  const wish: Wish = {
    system: systemOf(defaultSystem, systems)!,
    environment: "dev",
    preview: false,
    context: env["PALIER_CONTEXT"] || undefined,
    edge: false,
  };
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--preview") wish.preview = true;
    else if (word === "--edge") wish.edge = true;
    else if (word === "--context") wish.context = words.shift() ?? refuse("--context", "is given no name", systems);
    else if (word.startsWith("--context=")) wish.context = word.slice("--context=".length);
    else {
      const system = systemOf(word, systems);
      if (system) wish.system = system;
      else wish.environment = environmentOf(word) ?? refuse(word, "is neither a system nor an environment", systems);
    }
  }
  if (wish.edge && wish.context) refuse("--edge", "is for the embedded node, and a context was named", systems);
  return wish;
}

function systemOf(name: string, systems: System[]): System | undefined {
  return systems.find((system) => system.name === name);
}

function environmentOf(word: string): LocalEnvironment | undefined {
  const stage: Stage | undefined = word.startsWith("-") ? undefined : stageOf(word);
  return environments.find((one) => one === stage);
}

function refuse(word: string, what: string, systems: System[]): never {
  throw new LocalError(
    `"${word}" ${what}.\n  systems: ${systems.map(({ name }) => name).join(", ")}\n  environments: ${environments.join(", ")}\n  flags: --preview, --edge, --context NAME`,
    "npm start -- staging",
  );
}
