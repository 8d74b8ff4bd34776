import { ArgumentError } from "../argument.ts";
import { flag, pattern, whole } from "../check.ts";
import { all, only, optional } from "../shape.ts";
import type { BlueGreenArgs, RollingArgs, RolloutArgs } from "./args.ts";

const both =
  "rolling and blueGreen are both given, and an app has one of them: rolling replaces pods in place, blueGreen makes others beside them; leave one out";

export const rolloutShape = optional(
  all(
    only<RolloutArgs>({
      rolling: optional(only<RollingArgs>({ undo: optional(flag) })),
      blueGreen: optional(
        only<BlueGreenArgs>({
          smoke: optional(pattern(/^\/\S{0,1023}$/, "a path that begins with /")),
          smokeSeconds: optional(whole(1, 600)),
          bakeSeconds: optional(whole(0, 300)),
        }),
      ),
    }),
    (path, value) => {
      const { rolling, blueGreen } = (value ?? {}) as RolloutArgs;
      if (rolling !== undefined && blueGreen !== undefined) throw new ArgumentError(path, both);
    },
  ),
);
