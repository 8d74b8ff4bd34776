import { z } from "zod";
import { contentOf, jsonOf } from "../../content.ts";
import { UsageError } from "../../usage.ts";
import { type OperationName, operationNames } from "./operations.ts";

/** What people typed before, and what takes its place. */
export interface Command {
  readonly before: string;
  /** One of the runbook's own operations. */
  readonly now?: OperationName;
  /** A command of the system's own. */
  readonly run?: string;
}

const text = z.string().min(1);
const shape: z.ZodType<Command[]> = z.array(
  z.union([z.strictObject({ before: text, now: z.enum(operationNames) }), z.strictObject({ before: text, run: text })]),
);

/** Throws {@link UsageError}. */
export async function readCommands(file: string): Promise<Command[]> {
  const read = shape.safeParse(jsonOf(await contentOf(file), file));
  if (read.success) return read.data;
  throw new UsageError(
    `${file}: ${z.prettifyError(read.error)}. Allowed: [{ "before": …, "now": … }] with now one of ${operationNames.join(", ")}, or "run".`,
  );
}
