import type { Knobs } from "./knobs.ts";
import type { RollingSystem } from "./rollingSystem.ts";

/** A change under load, what happens meanwhile, and what is promised of it. */
export interface Row {
  /** What happens, as the table calls it. */
  name: string;
  /**
   * What is asked for.
   * @default "/"
   */
  path?: string;
  /** Requirement rows that it proves. */
  proves?: string;
  /** How the system is before, where it is not the usual one. */
  before?: Partial<Knobs>;
  /** What is released: another good version, unless the row says otherwise. `nothing` runs no `up` at all. */
  change?: ((system: RollingSystem) => Partial<Knobs>) | "nothing";
  /** What goes wrong meanwhile, from the moment the Deployment rolls. */
  meanwhile?: (system: RollingSystem) => Promise<void>;
  /** The pods stay the ones that they are, and in the end this holds of them. */
  inPlace?: (system: RollingSystem) => Promise<void>;
  /** `up` may break off; the next one brings the change about. */
  again?: true;
  /** The change is bad: `up` fails and says this. */
  says?: RegExp;
  /**
   * What may be lost: `nothing`; `a pod's`, at most a hundredth and never all of a second; `a moment's`, new connections
   * within five seconds; or, in a row without the protection, `some`, and then it must.
   * @default "nothing"
   */
  loses?: "nothing" | "a pod's" | "a moment's" | "some";
  /** Requests of so many seconds and WebSockets are open all the while. */
  heldSeconds?: number;
  /** Requests at least. */
  atLeast?: number;
  /** `npm test` runs it too. */
  short?: true;
}
