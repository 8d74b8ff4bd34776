import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { askPulumi, type Place, runPulumi } from "../stack/runPulumi.ts";
import { UsageError } from "../usage.ts";
import { isReviewFile, missingSecrets, reviewFile, type Wish } from "./reviewFile.ts";
import { stackOf, tags } from "./stacks.ts";
import type { Template } from "./template.ts";

interface Begun {
  /** Secrets that the caller gives it, by their key. */
  readonly given: Readonly<Record<string, string>>;
  readonly isNew: boolean;
}

/** Makes the stack or takes the one that is there, with its end, its stack file and secrets of its own. Nothing is up yet. */
export async function beginReview(
  place: Place,
  template: Template,
  wish: Wish,
  { given, isNew }: Begun,
): Promise<void> {
  const stack = stackOf(wish.number);
  const file = join(place.folder, `Pulumi.${stack}.yaml`);
  const content = () => (existsSync(file) ? readFileSync(file, "utf8") : "");
  if (isNew) await init(place, template, stack, file);
  // Another machine made it: its secrets, and what opens them, are with its last update.
  else if (content() === "") await runPulumi(place, ["config", "refresh", "--stack", stack]);
  await tag(place, stack, wish, isNew);
  await writeFile(file, reviewFile(template, wish, content()));
  const generated = missingSecrets(template.own.secrets, content()).map((key) => [key, secret()] as const);
  for (const [key, input] of [...generated.filter(([key]) => !(key in given)), ...Object.entries(given)])
    await askPulumi({ ...place, input }, ["config", "set", "--secret", key, "--stack", stack]);
}

const secret = () => randomBytes(32).toString("base64url");

async function init(place: Place, { secretsProvider }: Template, stack: string, file: string): Promise<void> {
  if (existsSync(file) && !isReviewFile(readFileSync(file, "utf8")))
    throw new UsageError(`${file} is there, and no stack of that name: a review would write over it. Take it away.`);
  const provider = secretsProvider === undefined ? [] : ["--secrets-provider", secretsProvider];
  await askPulumi(place, ["stack", "init", stack, "--no-select", ...provider]);
}

/** Before anything is made, so that whatever comes after is found and taken away. */
async function tag(place: Place, stack: string, { number, expires }: Wish, isNew: boolean): Promise<void> {
  try {
    for (const [name, value] of [
      [tags.expires, expires],
      [tags.number, String(number)],
    ] as const)
      await askPulumi(place, ["stack", "tag", "set", name, value, "--stack", stack]);
  } catch (error) {
    if (isNew) await runPulumi(place, ["stack", "rm", "--yes", "--stack", stack]);
    throw error;
  }
}
