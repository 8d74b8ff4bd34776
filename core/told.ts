import { channel } from "node:diagnostics_channel";
import type { Profile } from "./profile.ts";

/** What a component was given, and what that comes to. */
export interface Told {
  /** Its class: `App`. */
  readonly kind: string;
  readonly name: string;
  /** As the program gave them, outputs among them. */
  readonly args: object;
  /** Of the environment that it is in. */
  readonly profile: Profile;
  /** Every argument that has a default, with the value that counts; of any profile, so that it shows what depends on it. */
  complete(profile: Profile): object;
}

const told = channel("palier:arguments");

/** Tells whoever listens, such as `explain`; a program that nobody explains has no listener, and nothing is kept. */
export function tell(what: Told): void {
  told.publish(what);
}

export function listen(listener: (what: Told) => void): void {
  told.subscribe((what) => listener(what as Told));
}
