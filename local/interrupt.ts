type End = () => Promise<void>;

const ends: End[] = [];
let first: number | undefined;

/** While `work` runs, an interruption calls `end` and waits for it before this process goes. */
export async function endsWell<T>(end: End, work: () => Promise<T>): Promise<T> {
  ends.push(end);
  try {
    return await work();
  } finally {
    ends.splice(ends.indexOf(end), 1);
  }
}

/** Ctrl-C once ends in good order; a second one, not the same keystroke passed on by npm, goes at once. */
export function watchInterrupts(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void interrupted(signal));
}

async function interrupted(signal: string): Promise<void> {
  if (first !== undefined) {
    if (Date.now() - first > 1_000) process.exit(130);
    return;
  }
  first = Date.now();
  if (ends.length > 0) console.error("\nStopping in good order; press Ctrl-C again to go at once.");
  for (const end of ends.toReversed()) await end().catch(() => {});
  console.error(`\nInterrupted (${signal}). What was done stays done: the same command again goes on from here.`);
  process.exit(130);
}
