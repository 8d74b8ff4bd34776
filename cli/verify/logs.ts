import { type Found, found } from "./found.ts";

/** Whether lines of a log, JSON each, hold an error. None of them is shown: who knows what stands there. */
export function logsClean(text: string): Found {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.flatMap((line, index) => (isError(levelIn(line)) ? [index + 1] : []));
  const where = errors.length > 0 ? `, the first in line ${errors[0]}` : "";
  return found("logs", errors.length === 0, `${errors.length} errors in ${lines.length} lines${where}`);
}

function levelIn(line: string): unknown {
  try {
    const { level, severity } = { ...JSON.parse(line) } as { level?: unknown; severity?: unknown };
    return level ?? severity;
  } catch {
    return undefined;
  }
}

/** By word, or by pino's number. */
function isError(level: unknown): boolean {
  return typeof level === "number" ? level >= 50 : /^(error|critical|fatal|alert|emergency)$/i.test(String(level));
}
