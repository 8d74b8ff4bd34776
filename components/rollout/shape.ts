import { ArgumentError, below } from "../argument.ts";
import { flag, oneOf, whole } from "../check.ts";
import { all, only, optional } from "../shape.ts";
import type { BlueGreenArgs, RollingArgs, RolloutArgs } from "./args.ts";
import { canaryShape } from "./canaryShape.ts";
import { engineNames } from "./engine/name.ts";
import { prepared } from "./preparedShape.ts";

export const rolloutShape = optional(
  all(
    only<RolloutArgs>({
      rolling: optional(only<RollingArgs>({ undo: optional(flag) })),
      blueGreen: optional(only<BlueGreenArgs>({ ...prepared, bakeSeconds: optional(whole(0, 300)) })),
      canary: optional(canaryShape),
      engine: optional(oneOf(engineNames)),
    }),
    (path, value) => {
      const { engine, ...strategies } = (value ?? {}) as RolloutArgs;
      if (engine !== undefined && strategies.canary?.phase !== undefined) {
        const reason = `is Palier's own, and ${engine} has pauses of its own; leave out one of the two`;
        throw new ArgumentError(below(path, "canary.phase"), reason);
      }
      const given = Object.entries(strategies).filter(([, one]) => one !== undefined);
      if (given.length <= 1) return;
      const names = given.map(([name]) => name).join(" and ");
      throw new ArgumentError(path, `${names} are both given, and an app has one of them; leave one out`);
    },
  ),
);
