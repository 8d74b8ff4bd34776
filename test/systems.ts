import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { stageOf } from "../core/stage.ts";
import { type Declared, declared, type Stack } from "./declared.ts";

/** The systems by their project's name, and the folder of their Pulumi.yaml. */
export const systems = {
  avnir: ".",
  debrouillepro: "stacks/debrouillepro",
  mapquiz: "stacks/mapquiz",
  mecapy: "stacks/mecapy",
  yonima: "stacks/yonima",
} as const;

export type SystemName = keyof typeof systems;

const read = (system: SystemName, file: string) =>
  parse(readFileSync(join(import.meta.dirname, "..", systems[system], file), "utf8"));

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
  return read(system, `Pulumi.${stageOf(stack) ?? "production"}.yaml`).config;
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
  const { config = {} } = read(system, "Pulumi.yaml");
  const kind = stack === "production" ? "sk_live" : "sk_test";
  const value = (key: string) => (key.startsWith("STRIPE") ? `${kind}_0123456789abcdef` : `${stack}-${key}-0123456789`);
  return Object.fromEntries(Object.keys(config).map((key) => [`${system}:${key}`, value(key)]));
}

/** Path of a system's program. */
export function programOf(system: SystemName): string {
  return join(import.meta.dirname, "..", systems[system], read(system, "Pulumi.yaml").main);
}

let run = 0;

/** What a system declares in one environment. */
export function system(
  name: SystemName,
  stack: string,
  changes: Config = {},
  begun?: Stack["begun"],
): Promise<Declared[]> {
  const [config, secrets] = [configuredOf(name, stack, changes), secretsOf(name, stack)];
  const program = pathToFileURL(programOf(name)).href;
  // A module runs once for each address.
  return declared({ project: name, stack, config, secrets, begun }, () => import(`${program}?run=${run++}`));
}
