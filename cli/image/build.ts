import type { Plan } from "./plan.ts";

/** A plan, with what the commit says of it. */
export interface Build extends Plan {
  readonly labels: { [name: string]: string };
  /** Seconds since 1970 by which files and image are dated. */
  readonly epoch: number;
}

export type Say = (line: string) => void;

/** A program that makes images on this machine. */
export interface Builder {
  /** Builds, names it in the repository by its content, pushes it, and resolves to its digest there. */
  make(build: Build, say: Say): Promise<string>;
}
