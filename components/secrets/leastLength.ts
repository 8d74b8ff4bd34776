import type { SecretSource } from "./args.ts";
import { first } from "./source.ts";

/** Fewest characters of a secret's value; of a sealed one, bytes. */
export function leastLength({ minLength = 16 }: Pick<SecretSource, "minLength">): number {
  return minLength;
}

/** Where secrets come from in one environment, with what counts where nothing is said. */
export function completed(values: Readonly<Record<string, SecretSource>> = {}): Record<string, SecretSource> {
  return Object.fromEntries(Object.entries(values).map(([key, source]) => [key, ofOne(source)]));
}

function ofOne({ rotate = first, ...source }: SecretSource): SecretSource {
  const rotated = source.generate !== undefined || source.external ? { rotate } : {};
  return source.existing || source.external ? rotated : { ...rotated, minLength: leastLength(source) };
}
