import type { SecretArgs, SecretSource } from "./args.ts";

/** Where a secret may come from. */
export const sources = ["generate", "config", "existing", "external", "sealed"] as const;
export type Source = (typeof sources)[number];

/** Name of the rotation before any other. */
export const first = "first";

/** Where each secret comes from in one environment. */
export function chosenOf(values: Readonly<Record<string, SecretArgs>>, stage: string): Record<string, SecretSource> {
  const chosen = ({ in: elsewhere, ...own }: SecretArgs) => elsewhere?.[stage] ?? own;
  return Object.fromEntries(Object.entries(values).map(([key, args]) => [key, chosen(args)]));
}

/** The sources that are given: exactly one, where the arguments are right. */
export function given(source: SecretSource): Source[] {
  return sources.filter((one) => source[one] !== undefined && source[one] !== false);
}

/** The variable that holds the second valid value. */
export function overlapOf(key: string): string {
  return `${key}_OVERLAP`;
}
