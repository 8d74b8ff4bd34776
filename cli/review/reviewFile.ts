import { parse, stringify } from "yaml";
import { isMap } from "../stack/stackFile.ts";
import type { Template } from "./template.ts";

export interface Wish {
  readonly number: number;
  readonly hours: number;
  readonly expires: string;
  /** Its own, by their name under `<project>:images`. */
  readonly images: Readonly<Record<string, string>>;
}

/**
 * The stack file of a review: what the template says, and of what stands there already its secrets and what opens them.
 * @param before What stands there.
 */
export function reviewFile(template: Template, { number, hours, expires, images }: Wish, before: string): string {
  const { config: old, ...kept } = mapIn(before);
  const key = `${template.system}:images`;
  const shared = mapOf(template.config[key]);
  const config = {
    ...template.config,
    ...(Object.keys(images).length > 0 ? { [key]: { ...shared, ...images } } : {}),
    ...Object.fromEntries(Object.entries(mapOf(old)).filter(([, value]) => isSealed(value))),
    "palier:review": { number, hours, expires, quota: template.own.quota },
  };
  return `# Made of ${template.place.split("/").at(-1)} by palier review up. Not for git.\n${stringify({ ...kept, config }, quoted)}`;
}

/** A time that stands there bare is no text to whoever reads it in Go. */
const quoted = { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN", lineWidth: 0 } as const;

/** Which of these keys have no secret there yet. */
export function missingSecrets(keys: readonly string[], text: string): string[] {
  const config = mapOf(mapIn(text)["config"]);
  return keys.filter((key) => !isSealed(config[key]));
}

/** Whether a `palier review up` wrote it. */
export function isReviewFile(text: string): boolean {
  return isMap(mapOf(mapIn(text)["config"])["palier:review"]);
}

const isSealed = (value: unknown) => isMap(value) && "secure" in value;
const mapOf = (value: unknown) => (isMap(value) ? value : {});

function mapIn(text: string): Record<string, unknown> {
  try {
    return mapOf(parse(text));
  } catch {
    return {};
  }
}
