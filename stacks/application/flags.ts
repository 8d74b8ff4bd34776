import { readFile } from "node:fs/promises";

/** The feature flags as the mounted file holds them now: they change without a restart. */
export async function flags(file: string | undefined): Promise<Record<string, boolean>> {
  if (!file) return {};
  return JSON.parse(await readFile(file, "utf8"));
}
