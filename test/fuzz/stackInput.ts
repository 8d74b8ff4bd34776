import { stageOf } from "../../core/stage.ts";
import { broken } from "./broken.ts";
import type { Random } from "./random.ts";
import { settings } from "./stackSettings.ts";
import type { Made, Trial } from "./trial.ts";
import { canary } from "./words.ts";

export const stacks = ["dev", "development", "local", "staging", "stage", "preprod", "production", "prod", "pr-7"];

const secretKey = "avnir:STRIPE_SECRET_KEY";
let run = 0;

/** AVNIR with a stack file. */
export function stackInput(random: Random, made: Made): Trial {
  const stack = random.pick(stacks);
  // A module runs once for each address.
  const program = () => import(`../../stacks/avnir/index.ts?fuzz=${run++}`);
  const secrets = { [secretKey]: `sk_${stageOf(stack) === "production" ? "live" : "test"}_${canary}` };
  const mayBuild = stageOf(stack) !== "production";
  return { stack, program, secrets, ...file(random, made, secrets, mayBuild) };
}

function file(
  random: Random,
  made: Made,
  secrets: Record<string, string>,
  mayBuild: boolean,
): Omit<Trial, "stack" | "program"> {
  const within = settings.within(random) as { images: Record<string, unknown> };
  if (made === "within") return { config: asTexts(mayBuild && random.chance(0.2) ? built(within) : within) };
  if (made === "broken") return brokenFile(random, within, secrets);
  if (random.chance(0.15)) return { ...withBadSecret(random, asTexts(within), secrets), refusedAt: secretKey };
  const { value, path } = settings.beyond(random);
  const refusedAt = `avnir:${path.slice(1).replace(/\[(\d+)\]/g, ".$1")}`;
  return { config: asTexts(value), refusedAt };
}

/** Without the app's image: it is built and pushed. */
function built({ images, ...rest }: { images: Record<string, unknown> }) {
  const { api, ...others } = images;
  return { ...rest, registry: "registry.example", images: { ...others, node: api } };
}

/** Left out, too short, or in clear. */
function withBadSecret(random: Random, config: Record<string, string>, secrets: Record<string, string>) {
  const ways: Pick<Trial, "config" | "secrets">[] = [
    { config, secrets: {} },
    { config, secrets: { [secretKey]: canary.slice(0, 15) } },
    { config: { ...config, ...secrets }, secrets: {} },
  ];
  return random.pick(ways);
}

/** Now and then a key is encrypted that should not be. */
function brokenFile(random: Random, within: object, secrets: Record<string, string>) {
  const own = { "palier:context": "test", "palier:merged": { from: "Pulumi.yaml", sha256: "0" } };
  const config = asTexts(broken(random.chance(0.2) ? { ...within, ...own } : within, random));
  const encrypted = Object.keys(config).filter(() => random.chance(0.05));
  return { config, secrets: { ...Object.fromEntries(encrypted.map((key) => [key, canary])), ...secrets } };
}

/** As Pulumi hands a stack file over: every value is text. What none can hold is left out. */
function asTexts(file: unknown): Record<string, string> {
  if (typeof file !== "object" || file === null || Array.isArray(file)) return {};
  const texts = Object.entries(file).map(([key, value]) => [key.includes(":") ? key : `avnir:${key}`, asText(value)]);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

function asText(value: unknown): string | undefined {
  try {
    return typeof value === "string" ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
