import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Declared, declared } from "./declared.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** References as a release record holds them. */
export const images = {
  api: `registry.example/avnir/api@${digest("a")}`,
  postgres: `registry.example/postgres@${digest("b")}`,
  redis: `registry.example/redis@${digest("c")}`,
};

let run = 0;

/** What AVNIR declares in one environment, from its tracked stack file. */
export function avnir(stack: string, changes: Record<string, string | undefined> = {}): Promise<Declared[]> {
  const file = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Record<string, unknown> };
  const config = Object.fromEntries(
    Object.entries({ ...file.config, "avnir:images": images, ...changes })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const secrets = { "avnir:STRIPE_SECRET_KEY": stack === "production" ? "sk_live_0123456789" : "sk_test_0123456789" };
  // A module runs once for each address.
  return declared({ stack, config, secrets }, () => import(`../stacks/avnir/index.ts?run=${run++}`));
}
