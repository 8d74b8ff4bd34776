/** Somebody who reaches, or is reached: a workload of the stack, or what lies before it or behind it. */
export interface Place {
  /** Tells it from all others of the stack. */
  readonly id: string;
  readonly name: string;
  /** What it is, in a word or two: `Postgres`, `worker of api`. */
  readonly about: string;
  readonly side: "before" | "workload" | "store" | "behind";
}

/** A connection that the network policies let through, at both ends. */
export interface Way {
  readonly from: Place;
  readonly to: Place;
  /** `TCP 5432`. */
  readonly port: string;
  /** The policies that open it, or why none has to. */
  readonly by: string;
}
