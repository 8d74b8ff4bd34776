import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { stageOf } from "../core/stage.ts";
import { type Declared, declared } from "./declared.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** References as a release record holds them. */
export const images = {
  api: `registry.example/avnir/api@${digest("a")}`,
  postgres: `registry.example/postgres@${digest("b")}`,
  redis: `registry.example/redis@${digest("c")}`,
};

let run = 0;

/** The configuration of one environment of AVNIR, from its tracked stack file. */
export function trackedConfig(stack: string): Record<string, unknown> {
  return parse(readFileSync(`Pulumi.${stageOf(stack) ?? "production"}.yaml`, "utf8")).config;
}

/** The same with images, and with these changes, as Pulumi hands it to a program. */
export function configOf(stack: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...trackedConfig(stack), "avnir:images": images, ...changes })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** What AVNIR declares in one environment. */
export function avnir(stack: string, changes: Readonly<Record<string, unknown>> = {}): Promise<Declared[]> {
  const secrets = { "avnir:STRIPE_SECRET_KEY": stack === "production" ? "sk_live_0123456789" : "sk_test_0123456789" };
  // A module runs once for each address.
  return declared({ stack, config: configOf(stack, changes), secrets }, () => {
    return import(`../stacks/avnir/index.ts?run=${run++}`);
  });
}
