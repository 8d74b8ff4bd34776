import { deepEqual, match, ok } from "node:assert/strict";
import { type Diagnostic, preview, type Resource } from "./preview.ts";

type Resources = Resource | Resource[];

export interface Case {
  /** The environment; production where left out. */
  stack?: string;
  given: Resources;
  /** What the message has to name. */
  says?: RegExp;
}

/** Every text in the tables that a message must never show. */
export const neverShown = /hunter2|s3cr3tV4lue|4eC39HqLyjWDarjtT1zdp7dc|AKIAIOSFODNN7EXAMPLE|MIIEvQIBADANBg/;

/** One test for each case: the policy refuses it, names the field and the fix, and shows no secret. */
export function refuses(policy: string, rows: string, cases: Record<string, Case>): void {
  for (const [title, { stack = "production", given, says }] of Object.entries(cases)) {
    it(`refuses ${title} [${rows}]`, async () => {
      const found = await judged(stack, given);
      const refused = found.filter((one) => one.policy === policy && one.level === "mandatory");
      ok(refused.length > 0, `not refused: ${JSON.stringify(found)}`);
      for (const { message } of refused) match(message, / Fix: /);
      if (says) match(refused.map(({ message }) => message).join("\n"), says);
    });
  }
}

/** One test for each case: the policy neither refuses nor advises against it. */
export function passes(policy: string, rows: string, cases: Record<string, Case>): void {
  for (const [title, { stack = "production", given }] of Object.entries(cases)) {
    it(`lets pass ${title} [${rows}]`, async () => {
      const found = await judged(stack, given);
      deepEqual(
        found.filter((one) => one.policy === policy),
        [],
      );
    });
  }
}

export function advises(policy: string, rows: string, cases: Record<string, Case>): void {
  for (const [title, { stack = "production", given, says }] of Object.entries(cases)) {
    it(`advises against ${title} [${rows}]`, async () => {
      const found = (await judged(stack, given)).filter((one) => one.policy === policy);
      deepEqual(
        found.map(({ level }) => level),
        ["advisory"],
      );
      if (says) match(found[0]!.message, says);
    });
  }
}

/** One test for each case: the policy says nothing, and the one line about undecided fields names it and the field. */
export function leavesOpen(policy: string, rows: string, cases: Record<string, Case>): void {
  for (const [title, { stack = "production", given, says }] of Object.entries(cases)) {
    it(`says that it can't decide ${title} [${rows}]`, async () => {
      const found = await judged(stack, given);
      deepEqual(
        found.filter((one) => one.policy === policy),
        [],
      );
      const open = found.filter((one) => one.policy === "decided-at-up");
      ok(open.length === 1, JSON.stringify(found));
      match(open[0]!.message, new RegExp(policy));
      if (says) match(open[0]!.message, says);
    });
  }
}

/** What the pack says. A message with a secret in it, or about a bug of ours, fails every test. */
export async function judged(stack: string, given: Resources): Promise<Diagnostic[]> {
  const found = await preview(stack, [given].flat());
  for (const { message } of found) {
    ok(!neverShown.test(message), `a secret is shown: ${message}`);
    ok(!/ failed on /.test(message), message);
  }
  return found;
}
