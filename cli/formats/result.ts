import type { Checked } from "../../policies/offline/check.ts";
import type { Item } from "../inputs.ts";

export type Result = Checked<Item>;
export type Finding = Result["findings"][number];

export interface About {
  /** How many were judged. */
  readonly objects: number;
  readonly environment: string;
}

/** `file:line`, or the URN. */
export function placeOf({ item, judgement }: Finding): string {
  if (item.file === undefined) return item.urn ?? judgement.object;
  return `${item.file}:${item.lineOf?.(judgement.field) ?? 1}`;
}
