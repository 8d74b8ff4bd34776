import type { Machine } from "./machine.ts";
import { SystemTrial } from "./system-trial.ts";

/** AVNIR in an environment of a test's own. */
export class AvnirTrial extends SystemTrial {
  constructor(machine: Machine, stack: string) {
    super(machine, "avnir", stack);
  }
}
