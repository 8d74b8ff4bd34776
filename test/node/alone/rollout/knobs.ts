/** What the rows change about the system that is rolled out. */
export interface Knobs {
  image: string;
  nodePort: number;
  /** What the application itself does: seconds until it listens, and for which it serves on when told to end. */
  startDelay: number;
  drain: number;
  /** A variable of no meaning. */
  greeting: string;
  secretLength: number;
  /** Its rotation, and the one that overlaps it. */
  rotate?: string;
  overlap?: string;
  /** The rotation of the database's password, and for how many seconds a connection to it is used; 0: for ever. */
  rotateDatabase?: string;
  connectionSeconds: number;
  /** Name of a Secret that it is taken from instead. */
  existing?: string;
  scale: { min: number; max: number; cpuPercent?: number; downSeconds?: number };
  /** What of its probes is otherwise. */
  health?: { start?: string; startSeconds?: number; ready?: string; live?: string };
  /** What runs after the release, and how it ends. */
  smoke?: "passes" | "fails" | "missing";
  flags?: Record<string, boolean>;
  shutdown?: { preStopSeconds?: number; drainSeconds?: number };
  minReadySeconds?: number;
  /** For the migration too. */
  progressDeadlineSeconds: number;
  /** A protection of the library's to take out. */
  without?: "probes" | "surge";
}

/** As the library has it. */
export const usual: Omit<Knobs, "image" | "nodePort" | "progressDeadlineSeconds"> = {
  startDelay: 2,
  drain: 3,
  greeting: "hello",
  secretLength: 64,
  connectionSeconds: 0,
  scale: { min: 2, max: 2 },
};
