import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { isMap } from "../stack/stackFile.ts";
import { cantRead, UsageError } from "../usage.ts";

/** Hours that a review may be there for: a year at most. */
export const hoursAllowed = z.int().min(1).max(8760);

const own = z
  .strictObject({
    hours: hoursAllowed.default(168),
    quota: z
      .strictObject({
        cpu: z.string().optional(),
        memory: z.string().optional(),
        storage: z.string().optional(),
        pods: z.int().min(1).optional(),
      })
      .default({ cpu: "4", memory: "8Gi", storage: "20Gi", pods: 40 }),
    url: z.url().optional(),
    secrets: z
      .array(z.string().regex(/^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+$/, "the whole key of a secret, such as shop:jwtSecret"))
      .default([]),
  })
  .prefault({});

const file = z.strictObject({
  config: z.record(z.string(), z.unknown()).nullish(),
  secretsprovider: z.string().optional(),
});

/** Of what every review of a project is made. */
export interface Template {
  /** The project's name. */
  readonly system: string;
  readonly place: string;
  /** As the stack file of a review has it, for one number. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly secretsProvider?: string;
  /** What it says under `palier:review`. */
  readonly own: z.infer<typeof own>;
}

/** @param given Where it stands, if not in `Pulumi.review.yaml` beside `Pulumi.yaml`. */
export async function readTemplate(project: string, number: number, given?: string): Promise<Template> {
  const system = (await read(join(project, "Pulumi.yaml")))?.["name"];
  if (typeof system !== "string") throw new UsageError(`${join(project, "Pulumi.yaml")} has no name.`);
  const place = given === undefined ? join(project, "Pulumi.review.yaml") : resolve(given);
  if (!existsSync(place) && given !== undefined) cantRead("--template", given);
  if (!existsSync(place))
    throw new UsageError(
      `${place} is not there: it is the stack file of which each review is made; --template names one.`,
    );
  const content = await read(place);
  refuseSecrets(place, content);
  const { config, secretsprovider } = checked(file, place, content);
  const { "palier:review": said, ...others } = numbered(config ?? {}, number) as Record<string, unknown>;
  return {
    system,
    place,
    config: others,
    own: checked(own, `${place}: palier:review`, said),
    ...(secretsprovider === undefined ? {} : { secretsProvider: secretsprovider }),
  };
}

async function read(place: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = parse(await readFile(place, "utf8")) ?? {};
    if (isMap(value)) return value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new UsageError(`${place} is not there: --project names the folder of Pulumi.yaml.`);
  }
  throw new UsageError(`${place} can't be read as what Pulumi writes.`);
}

function checked<Schema extends z.ZodType>(schema: Schema, place: string, value: unknown): z.infer<Schema> {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new UsageError(`${[place, ...issue!.path].join(": ").replace(/: (\d+)/g, "[$1]")}: ${issue!.message}.`);
}

/** A secret that reviews share is another environment's as soon as that has it too: each makes its own. */
function refuseSecrets(place: string, content: unknown, path: readonly string[] = []): void {
  if (!isMap(content)) return;
  for (const [key, value] of Object.entries(content)) {
    const at = [...path, key];
    const sealed = key === "secure" || (path.length === 0 && (key === "encryptionsalt" || key === "encryptedkey"));
    if (sealed)
      throw new UsageError(
        `${place}: ${at.join(": ")} is of a secret, which no review shares with another environment: ` +
          "palier:review.secrets names those that each review makes for itself, and --secret gives it one.",
      );
    refuseSecrets(place, value, at);
  }
}

/** With the number in place of each `{number}`. */
function numbered(value: unknown, number: number): unknown {
  if (typeof value === "string") return value.replaceAll("{number}", String(number));
  if (Array.isArray(value)) return value.map((one) => numbered(one, number));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, numbered(one, number)]));
}
