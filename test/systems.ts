import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { stageOf } from "../core/stage.ts";
import { type Declared, declared } from "./declared.ts";

/** The systems by their project's name, and the folder of their Pulumi.yaml. */
export const systems = {
  avnir: ".",
  debrouillepro: "stacks/debrouillepro",
  mapquiz: "stacks/mapquiz",
  mecapy: "stacks/mecapy",
  yonima: "stacks/yonima",
} as const;

export type SystemName = keyof typeof systems;

export const systemNames = Object.keys(systems) as SystemName[];
export const environments = ["dev", "staging", "production"] as const;

export type Config = Readonly<Record<string, unknown>>;

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** References as a release record holds them. */
export function imagesOf(system: SystemName) {
  return {
    api: `registry.example/${system}/api@${digest("a")}`,
    ...(system === "mecapy" ? { frontend: `registry.example/${system}/frontend@${digest("f")}` } : {}),
    postgres: `registry.example/postgres@${digest("b")}`,
    redis: `registry.example/redis@${digest("c")}`,
  };
}

/** The configuration of one environment of a system, from its tracked stack file. */
export function trackedConfigOf(system: SystemName, stack: string): Record<string, unknown> {
  const file = join(systems[system], `Pulumi.${stageOf(stack) ?? "production"}.yaml`);
  return parse(readFileSync(file, "utf8")).config;
}

/** The same with images, and with these changes, as Pulumi hands it to a program. */
export function configuredOf(system: SystemName, stack: string, changes: Config = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...trackedConfigOf(system, stack), [`${system}:images`]: imagesOf(system), ...changes })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** The secrets that a system's Pulumi.yaml asks for. */
export function secretsOf(system: SystemName, stack: string): Record<string, string> {
  const { config = {} } = parse(readFileSync(join(systems[system], "Pulumi.yaml"), "utf8"));
  const kind = stack === "production" ? "sk_live" : "sk_test";
  const value = (key: string) => (key.startsWith("STRIPE") ? `${kind}_0123456789` : `${stack}-${key}-0123456789`);
  return Object.fromEntries(Object.keys(config).map((key) => [`${system}:${key}`, value(key)]));
}

let run = 0;

/** What a system declares in one environment. */
export function system(name: SystemName, stack: string, changes: Config = {}): Promise<Declared[]> {
  const { main } = parse(readFileSync(join(systems[name], "Pulumi.yaml"), "utf8")) as { main: string };
  const program = join("..", systems[name], dirname(main), "index.ts");
  const [config, secrets] = [configuredOf(name, stack, changes), secretsOf(name, stack)];
  // A module runs once for each address.
  return declared({ project: name, stack, config, secrets }, () => import(`./${program}?run=${run++}`));
}
