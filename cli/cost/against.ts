import { z } from "zod";
import { readState } from "../../policies/offline/state.ts";
import { contentOf, jsonOf } from "../content.ts";
import { UsageError } from "../usage.ts";
import { costs, type EnvironmentCosts } from "./costs.ts";
import { counted } from "./counted.ts";
import { partsKept } from "./parts.ts";

/** What it was before. */
export interface Before {
  readonly environments: readonly EnvironmentCosts[];
  /** The one stack that was exported; undefined where all of them were counted. */
  readonly stack?: string;
}

/** Reads what `palier cost --json` or `pulumi stack export` printed. Throws {@link UsageError}. */
export async function readBefore(file: string): Promise<Before> {
  const text = await contentOf(file);
  const value = jsonOf(text, file);
  const earlier = costs.safeParse(value);
  if (earlier.success) return earlier.data;
  if (!z.object({ deployment: z.looseObject({}) }).safeParse(value).success) {
    throw new UsageError(`${file} is what neither palier cost --json nor pulumi stack export prints.`);
  }
  const { stack, objects } = readState(text);
  if (stack === "") throw new UsageError(`${file} is the state of a stack that was never up: nothing is in it.`);
  return { environments: [counted(stack, partsKept(objects))], stack };
}
