import { isDeepStrictEqual } from "node:util";
import { evaluateRelease, sentence } from "../../core/rules/evaluate.ts";
import type { Release, ReleaseRule } from "../../core/rules/release/release.ts";
import { folded, type Shown } from "./shownExample.ts";

/** Releases that a rule judges. */
export interface ReleaseExamples {
  readonly refused: Release;
  readonly passed: Release;
}

/** The examples of a rule about releases, each by what distinguishes it from the other. */
export function shownRelease(rule: ReleaseRule, { refused, passed }: ReleaseExamples): Shown {
  const said = evaluateRelease(rule, refused).map(sentence);
  return {
    unknown: "not a matter of values; said at preview, and refused at `up` before anything is made",
    example: folded({ documents: [distinct(refused, passed)] }, said, { documents: [distinct(passed, refused)] }),
  };
}

/** The parts of one that are not the same in the other. */
function distinct(one: unknown, other: unknown): unknown {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (one instanceof Date) return one.toISOString();
  if (!isMap(one) || !isMap(other)) return one ?? null;
  if (Array.isArray(one)) return one.map((item, index) => distinct(item, other[index]));
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  const parts = [...keys].map((key) => [key, distinct(one[key], other[key])] as const);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

function isMap(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}
