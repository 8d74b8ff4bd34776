/** What it gives at last, asked for two minutes unless said otherwise: a pod's first figures take half of one. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  everyMs = 2_000,
  withinMs = 120_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask().catch((error: Error) => error);
    if (answer !== undefined && !(answer instanceof Error)) return answer;
    if (Date.now() > deadline) throw answer ?? new Error(`nothing came within ${withinMs / 1000} s`);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
