import { isDeepStrictEqual } from "node:util";
import type { AnyRule } from "../../core/rules/rule.ts";
import { themes } from "../../policies/themes.ts";
import type { Component, Value } from "../../render/declared.ts";
import { guardsOf } from "./guards.ts";

/** What one environment's stack comes to. */
export interface Environment {
  readonly stack: string;
  readonly components: readonly Component[];
}

/** A component, whatever it is in each environment. */
export interface Explained {
  readonly kind: string;
  readonly name: string;
  readonly rows: readonly Row[];
}

/** One argument of it. */
export interface Row {
  readonly argument: string;
  /** By the stack; none where it is not there. */
  readonly in: Readonly<Record<string, Omit<Value, "argument">>>;
  /** Whether another environment has another value. */
  readonly differs: boolean;
  readonly guardedBy: readonly Guard[];
}

export type Guard = Pick<AnyRule, "id" | "levels" | "description">;

const rules = new Map(themes.flatMap((theme) => theme.rules).map((rule) => [rule.id, rule]));

/** The components of all environments, each argument with its values side by side. */
export function explained(environments: readonly Environment[]): Explained[] {
  const all = environments.flatMap(({ components }) => components);
  const byKey = Map.groupBy(all, ({ kind, name }) => `${kind} ${name}`);
  return [...byKey.values()].map(([{ kind, name } = all[0]!]) => ({
    kind,
    name,
    rows: rowsOf(kind, name, environments),
  }));
}

function rowsOf(kind: string, name: string, environments: readonly Environment[]): Row[] {
  const within = environments.map(({ stack, components }) => {
    const values = components.find((one) => one.kind === kind && one.name === name)?.values ?? [];
    return { stack, values: new Map(values.map(({ argument, ...value }) => [argument, value])) };
  });
  const arguments_ = new Set(within.flatMap(({ values }) => [...values.keys()]));
  const topics = [...Map.groupBy(arguments_, (argument) => argument.split(".")[0]).values()];
  return topics.flat().map((argument) => {
    const cells = within.flatMap(({ stack, values }) => {
      const value = values.get(argument);
      return value ? [[stack, value] as const] : [];
    });
    const differs =
      cells.length < within.length || cells.some(([, { value }]) => !isDeepStrictEqual(value, cells[0]![1].value));
    return { argument, in: Object.fromEntries(cells), differs, guardedBy: guardsOf(kind, argument).map(guard) };
  });
}

function guard(id: string): Guard {
  const { levels, description } = rules.get(id)!;
  return { id, levels, description };
}
