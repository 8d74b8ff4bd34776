import { pattern, whole } from "../check.ts";
import { optional, type Shape } from "../shape.ts";
import type { PreparedArgs } from "./preparedArgs.ts";

export const prepared: Shape<PreparedArgs> = {
  smoke: optional(pattern(/^\/\S{0,1023}$/, "a path that begins with /")),
  smokeSeconds: optional(whole(1, 600)),
};
