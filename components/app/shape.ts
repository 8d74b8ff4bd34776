import { pattern, whole } from "../check.ts";
import { only, optional } from "../shape.ts";
import { replicated } from "../workload/shape.ts";
import type { AppArgs, HealthArgs } from "./args.ts";

const path = optional(pattern(/^\/\S{0,1023}$/, "a path that begins with /"));

export const appShape = only<AppArgs>({
  ...replicated,
  port: optional(whole(1024, 65535)),
  health: optional(only<HealthArgs>({ live: path, ready: path, verify: path })),
  nodePort: optional(whole(1, 65535)),
});
