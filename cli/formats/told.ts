import { sentence } from "../../core/rules/evaluate.ts";
import type { AnyRule, Finding as Found, Severity } from "../../core/rules/rule.ts";
import type { Checked } from "../../policies/offline/check.ts";
import type { Item } from "../inputs.ts";

/** Something that a rule said, wherever it was said. */
export interface Told {
  readonly rule: string;
  readonly description: string;
  readonly why: string;
  readonly severity: Severity;
  readonly frameworks: readonly string[];
  readonly level: Found["level"];
  /** The object, the field, what is wrong and the fix. */
  readonly text: string;
  /** Where it is written. */
  readonly file?: string;
  readonly line?: number;
  /** The URN, or the object's name. */
  readonly logical: string;
  /** Its parts, where it was not told by somebody else. */
  readonly parts?: Pick<Found, "container" | "field" | "value" | "problem" | "fix"> & { readonly object: string };
}

export interface Report {
  readonly told: readonly Told[];
  /** One line for each exemption. */
  readonly exemptions: readonly string[];
  /** What is wrong with the configuration. */
  readonly problems: readonly string[];
  readonly environment: string;
  /** How many objects were judged, where somebody has counted. */
  readonly objects?: number;
}

/** What `policy check` found, to be told. */
export function reportOf({ findings, ...rest }: Checked<Item>, environment: string, objects: number): Report {
  return { ...rest, environment, objects, told: findings.map(toldOf) };
}

function toldOf({ rule, item, judgement }: Checked<Item>["findings"][number]): Told {
  const { container, field, value, problem, fix, object, level } = judgement;
  return {
    ...about(rule),
    level,
    text: sentence(judgement),
    file: item.file,
    line: item.file === undefined ? undefined : (item.lineOf?.(field) ?? 1),
    logical: item.urn ?? object,
    parts: { object, container, field, value, problem, fix },
  };
}

/** What is told of a rule with each of its findings. */
export function about(rule: AnyRule): Pick<Told, "rule" | "description" | "why" | "severity" | "frameworks"> {
  const { id, description, why, severity, frameworks = [] } = rule;
  return { rule: id, description, why, severity, frameworks };
}

/** `file:line`, or the URN. */
export function placeOf({ file, line, logical }: Told): string {
  return file === undefined ? logical : `${file}:${line ?? 1}`;
}

/** What is told of, in a few words: `2 objects as production`. */
export function subjectOf({ objects, environment }: Report): string {
  return objects === undefined ? environment : `${objects} objects as ${environment}`;
}

/** Whether it says that something may not be. */
export function refuses({ told, problems }: Report): boolean {
  return problems.length > 0 || told.some(({ level }) => level === "mandatory");
}
