import { type Stage, stageNames, stageOf, stages } from "../../core/stage.ts";
import { ArgumentError } from "../argument.ts";

/** What an environment's name means; a name that means nothing is refused with those that do. */
export function meaningOf(path: string, name: string): Stage {
  const stage = (stages as readonly string[]).includes(name) ? (name as Stage) : stageOf(name);
  if (stage) return stage;
  const names = Object.values(stageNames).flat().join(", ");
  throw new ArgumentError(
    path,
    `"${name}" stands for no environment; give one of ${names}, or pr-<number> for a review`,
  );
}
