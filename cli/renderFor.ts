import { RenderError } from "../render/project.ts";
import { type RenderOptions, render } from "../render/render.ts";
import type { Rendered } from "../render/rendered.ts";
import { UsageError } from "./usage.ts";

/** What a stack declares. Throws {@link UsageError} where it can't be rendered. */
export function renderFor(options: RenderOptions): Promise<Rendered> {
  return render(options).catch((error: unknown) => {
    throw asUsageError(error);
  });
}

/** What can't be read of a project is told as what was given wrongly. */
export function asUsageError(error: unknown): unknown {
  return error instanceof RenderError ? new UsageError(error.message) : error;
}
