import type { SecretArgs, SecretSource } from "./args.ts";

/** Where a secret may come from. */
export const sources = ["generate", "config", "existing", "external", "sealed"] as const;
export type Source = (typeof sources)[number];

/** Name of the rotation before any other. */
export const first = "first";

/** What holds in an environment. */
export function chosen(args: SecretArgs, stage: string): SecretSource {
  return args.in?.[stage] ?? args;
}

/** The sources that are given: exactly one, where the arguments are right. */
export function given(source: SecretSource): Source[] {
  return sources.filter((one) => source[one] !== undefined && source[one] !== false);
}

/** The variable that holds the second valid value. */
export function overlapOf(key: string): string {
  return `${key}_OVERLAP`;
}
