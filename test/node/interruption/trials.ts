/** Who is cut off: everything that the command has started, or one part of it while the others go on. */
export type Target = "everything" | "engine" | "plugin" | "program" | "command";

export interface Trial {
  number: number;
  command: "npm start" | "pulumi up" | "pulumi destroy";
  /** What there is when the command begins. */
  from: "nothing" | "an older version" | "the whole";
  signal: "SIGKILL" | "SIGINT";
  target: Target;
  /** Seconds after its begin, on a quiet machine. */
  after: number;
}

/** Each begins with what the one before it, recovered, has left; with about how many seconds it takes. */
const chain = [
  { command: "npm start", from: "nothing", seconds: 60 },
  { command: "pulumi up", from: "an older version", seconds: 20 },
  { command: "pulumi destroy", from: "the whole", seconds: 20 },
  { command: "pulumi up", from: "nothing", seconds: 50 },
  { command: "npm start", from: "an older version", seconds: 25 },
  { command: "pulumi destroy", from: "the whole", seconds: 20 },
] as const;

/** Ctrl-C reaches the command's group; the rest is kill -9. Each with the part of all trials up to and with it. */
const ways: { target: Target; signal: Trial["signal"]; upTo: number }[] = [
  { target: "everything", signal: "SIGKILL", upTo: 0.45 },
  { target: "command", signal: "SIGINT", upTo: 0.7 },
  { target: "engine", signal: "SIGKILL", upTo: 0.84 },
  { target: "plugin", signal: "SIGKILL", upTo: 0.92 },
  { target: "program", signal: "SIGKILL", upTo: 1 },
];

/** The same seed gives the same trials. */
export function trials(count: number, seed: number): Trial[] {
  const random = randoms(seed);
  return Array.from({ length: count }, (_, index) => {
    const { seconds, ...step } = chain[index % chain.length]!;
    const chance = random();
    const { target, signal } = ways.find(({ upTo }) => chance < upTo)!;
    return { number: index + 1, ...step, target, signal, after: Math.round(random() * seconds * 10) / 10 };
  });
}

/** Moments of a build, in seconds after its begin. */
export function moments(count: number, seed: number): number[] {
  const random = randoms(seed);
  return Array.from({ length: count }, () => Math.round((10 + random() * 80) * 10) / 10);
}

export function titleOf({ number, command, from, signal, target, after }: Trial): string {
  const how = signal === "SIGINT" ? "Ctrl-C" : `kill -9 of ${target === "everything" ? "it all" : `its ${target}`}`;
  return `#${number} ${command} on ${from}: ${how} after ${after.toFixed(1)} s`;
}

/** Numbers from 0 to 1 that follow from the seed: mulberry32. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
