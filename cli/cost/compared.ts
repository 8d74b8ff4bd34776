import type { Before } from "./against.ts";
import type { EnvironmentCosts } from "./costs.ts";

/** What an environment asks for, and what it asked for before: nothing, where it is not there. */
export interface Compared {
  readonly environment: string;
  readonly now: EnvironmentCosts;
  /** Undefined where nothing is compared. */
  readonly before?: EnvironmentCosts;
}

export function compared(now: readonly EnvironmentCosts[], before?: Before["environments"]): Compared[] {
  const gone = (before ?? []).filter(({ environment }) => now.every((one) => one.environment !== environment));
  return [
    ...now.map((one) => {
      const earlier = before?.find(({ environment }) => environment === one.environment);
      return { environment: one.environment, now: one, ...(before && { before: earlier ?? none(one.environment) }) };
    }),
    ...gone.map((one) => ({ environment: one.environment, now: none(one.environment), before: one })),
  ];
}

function none(environment: string): EnvironmentCosts {
  return { environment, components: [], whileRunning: [], notCounted: [] };
}
