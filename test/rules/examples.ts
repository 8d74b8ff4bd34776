import { isDeepStrictEqual } from "node:util";
import type { Rule } from "../../core/rules/rule.ts";
import { type Example, type Examples, judged, type Manifest } from "../../policies/offline/example.ts";
import { type Shown, shownExample } from "../../policies/offline/shownExample.ts";
import { type ReleaseExamples, shownRelease } from "../../policies/offline/shownRelease.ts";
import { cases } from "./cases.ts";
import { image } from "./manifests.ts";
import { cases as releases } from "./release.cases.ts";
import { type Cases, exampleOf } from "./table.ts";

/** What the manifests of the tables are filled up with. */
const filling: readonly { readonly within?: string; readonly key: string; readonly value: unknown }[] = [
  { within: "metadata", key: "namespace", value: "shop" },
  { within: "metadata", key: "name", value: "web" },
  { within: "metadata", key: "labels", value: { app: "web" } },
  { key: "image", value: image },
  { key: "annotations", value: {} },
  { within: "metadata", key: "labels", value: {} },
  { within: "resources", key: "requests", value: {} },
];

/** The first case that each rule refuses and the first that it lets pass, without what does not matter to it. */
export const shown: Readonly<Record<string, Shown>> = Object.fromEntries([
  ...cases.flatMap(({ rule, ...table }) => {
    const plainest = firstOf(table);
    return plainest ? [[rule.id, shownExample(rule, shortened(rule, plainest))] as const] : [];
  }),
  ...releases.flatMap(({ rule, refuses, passes }) => {
    const [refused, passed] = [refuses, passes].map((some) => Object.values(some).find((one) => !("of" in one)));
    if (!refused || !passed) return [];
    return [[rule.id, shownRelease(rule, { refused, passed } as ReleaseExamples)] as const];
  }),
]);

function firstOf({ refuses, passes }: Omit<Cases, "rule">): Examples | undefined {
  const [[refused], [passed]] = [Object.values(refuses), Object.values(passes)];
  return refused && passed && { refused: exampleOf(refused), passed: exampleOf(passed) };
}

/** The examples without that of the filling which is nothing to the rule: it finds the same in both. */
function shortened(rule: Rule, examples: Examples): Examples {
  return filling.reduce((before, filled) => {
    const after = { refused: without(before.refused, filled), passed: without(before.passed, filled) };
    const findings = ({ refused, passed }: Examples) => [judged(rule, refused), judged(rule, passed)];
    return isDeepStrictEqual(findings(after), findings(before)) ? after : before;
  }, examples);
}

type Filling = (typeof filling)[number];

function without({ manifests, ...rest }: Example, filled: Filling): Example {
  const [subject, ...others] = manifests.map((one) => emptied(one, filled) as Manifest);
  return { ...rest, manifests: [subject!, ...others] };
}

function emptied(value: unknown, filled: Filling, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => emptied(item, filled, key));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name, stated]) => !isFilling(filled, key, name, stated));
  const below = kept.map(([name, stated]) => [name, emptied(stated, filled, name)] as const);
  // What held nothing else goes with it.
  return Object.fromEntries(below.filter(([name, left]) => !isEmptied(left, (value as Record<string, unknown>)[name])));
}

function isFilling({ within, key, value }: Filling, parent: string, name: string, stated: unknown): boolean {
  return (within === undefined || within === parent) && name === key && isDeepStrictEqual(stated, value);
}

function isEmptied(left: unknown, before: unknown): boolean {
  return isDeepStrictEqual(left, {}) && !isDeepStrictEqual(before, {});
}
