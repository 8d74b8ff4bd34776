/** What it gives at last, asked for at most two minutes: a pod's first figures take half of one. */
export async function eventually<T>(ask: () => Promise<T | undefined>, everyMs = 2_000): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const answer = await ask().catch((error: Error) => error);
    if (answer !== undefined && !(answer instanceof Error)) return answer;
    if (Date.now() > deadline) throw answer ?? new Error("nothing came within two minutes");
    await new Promise((done) => setTimeout(done, everyMs));
  }
}
