import { type Format, formats } from "./formats/report.ts";
import { UsageError } from "./usage.ts";

/** The format that somebody has asked for. */
export function formatNamed(name: string): Format {
  if (name in formats) return name as Format;
  throw new UsageError(`--format "${name}". Allowed: ${Object.keys(formats).join(", ")}.`);
}
