import { createHash } from "node:crypto";
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
}

/** Where the merged file records what it was made from: the program compares it before it declares anything. */
export const mergedKey = "palier:merged";

/**
 * The tracked configuration laid over what the present file holds: its salt, secrets and whatever somebody set there.
 * The tracked file wins, and a key that has gone from it goes here too. `local` wins over both; maps in it are laid over.
 */
export function mergeStackFile(
  project: string,
  tracked: Tracked,
  present: StackFile | undefined,
  local: Record<string, unknown>,
): StackFile {
  const trackedConfig = readTracked(project, tracked);
  const before = present?.config ?? {};
  const mergedBefore = (before[mergedKey] as { keys?: string[] } | undefined)?.keys ?? [];
  const kept = Object.entries(before).filter(([key]) => !mergedBefore.includes(key));
  const config = overlay({ ...Object.fromEntries(kept), ...trackedConfig }, local);
  const sha256 = fingerprint(tracked.text);
  config[mergedKey] = { from: tracked.from, sha256, keys: Object.keys(trackedConfig) };
  return { ...present, config };
}

/** `upper` laid over `lower`, maps key by key; what is undefined in `upper` is left as it is. */
export function overlay(lower: Record<string, unknown>, upper: Record<string, unknown>): Record<string, unknown> {
  const result = { ...lower };
  for (const [key, value] of Object.entries(upper)) {
    if (value !== undefined) result[key] = isMap(value) ? { ...asMap(lower[key]), ...value } : value;
  }
  return result;
}

export function fingerprint(text: string | undefined): string {
  return createHash("sha256")
    .update(text ?? "")
    .digest("hex");
}

export function parseStackFile(text: string): StackFile {
  return (parse(text) as StackFile | null) ?? {};
}

export function formatStackFile(file: StackFile): string {
  const header = "# Made by npm start from the tracked stack file of the same name. Edit that one.\n";
  return header + stringify(file, { lineWidth: 0 });
}

/** Configuration of a tracked stack file, every key with its namespace. Refuses what must never be tracked. */
function readTracked(project: string, { from, text }: Tracked): Record<string, unknown> {
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

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asMap(value: unknown): Record<string, unknown> {
  return isMap(value) ? value : {};
}
