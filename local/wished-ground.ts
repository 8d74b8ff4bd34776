import type { Wish } from "./arguments.ts";
import type { Clone } from "./clone.ts";
import type { Ground } from "./ground.ts";
import type { Steps } from "./steps.ts";

/** The ground that was asked for; nothing of the other one is loaded. */
export async function wishedGround(steps: Steps, clone: Clone, { system, context }: Wish): Promise<Ground> {
  if (context) return (await import("./own-cluster.ts")).ownGround(steps, clone, system, context);
  return (await import("./ground.ts")).embeddedGround(steps, clone, system);
}
