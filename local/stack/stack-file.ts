import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import { LocalError } from "../steps.ts";

/** A stack file of a local run: the tracked one, plus what belongs to this machine alone. */
export interface StackFile {
  config?: Record<string, unknown>;
  encryptionsalt?: string;
  [field: string]: unknown;
}

export interface Tracked {
  /** Absolute path of the tracked stack file; it is absent for a stack that needs no configuration. */
  from: string;
  text: string | undefined;
  /** What it said when the present file was made. */
  before?: string | undefined;
}

/** Where the merged file records what it was made from: the program compares it before it declares anything. */
export const mergedKey = "palier:merged";

type Config = Record<string, unknown>;

/**
 * The tracked configuration, with what the present file says differently from the tracked file it was made from laid over:
 * its secrets, and whatever this machine or somebody set there. `local` goes over both.
 */
export function mergeStackFile(
  project: string,
  tracked: Tracked,
  present: StackFile | undefined,
  local: Config,
): StackFile {
  const base = tracked.before === undefined ? {} : readTracked(project, tracked.from, tracked.before);
  const ours = differences(present?.config ?? {}, base);
  const config = overlay(overlay(readTracked(project, tracked.from, tracked.text), ours), local);
  delete config[mergedKey];
  if (tracked.text !== undefined) config[mergedKey] = { from: tracked.from, sha256: fingerprint(tracked.text) };
  return { ...present, config };
}

/** What `present` says and `base` does not, map by map. */
function differences(present: Config, base: Config): Config {
  const entries = Object.entries(present).flatMap(([key, value]): [string, unknown][] => {
    const before = base[key];
    if (isDeepStrictEqual(value, before)) return [];
    return [[key, isMap(value) && isMap(before) ? differences(value, before) : value]];
  });
  return Object.fromEntries(entries);
}

/** `upper` laid over `lower`, map by map; what is undefined in `upper` is left as it is. */
export function overlay(lower: Config, upper: Config): Config {
  const result = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    const below = lower[key];
    if (value !== undefined) result[key] = isMap(value) && isMap(below) ? overlay(below, value) : value;
  }
  return result;
}

export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function parseStackFile(text: string): StackFile {
  return (parse(text) as StackFile | null) ?? {};
}

export function formatStackFile(file: StackFile): string {
  const header = "# Made by npm start from the tracked stack file of the same name. Edit that one.\n";
  return header + stringify(file, { lineWidth: 0 });
}

/** Configuration of a tracked stack file, every key with its namespace. Refuses what must never be tracked. */
function readTracked(project: string, from: string, text: string | undefined): Config {
  if (text === undefined) return {};
  const problems = secretsInTracked(text);
  if (problems.length > 0) {
    throw new LocalError(
      `${from} is tracked by git and must hold no secret and no salt:\n${problems.map((line) => `  ${line}`).join("\n")}`,
      "take these lines out; `pulumi config set --secret KEY` under `npm run env` keeps a secret outside the clone.",
    );
  }
  const entries = Object.entries(parseStackFile(text).config ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]));
}

/** Every path in a tracked stack file that holds a ciphertext or a salt. A `secure:` below a structured key also leaks into the state. */
export function secretsInTracked(text: string): string[] {
  const file = parseStackFile(text);
  const salts = ["encryptionsalt", "encryptedkey", "secretsprovider"].filter((key) => key in file);
  return [
    ...salts,
    ...Object.entries(file.config ?? {}).flatMap(([key, value]) => securePaths(value, `config.${key}`)),
  ];
}

function securePaths(value: unknown, path: string): string[] {
  if (!isMap(value) && !Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "secure" ? [`${path}.secure`] : securePaths(inner, `${path}.${key}`),
  );
}

function isMap(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
