import { type Declared, declared } from "../declared.ts";
import type { Input } from "./inputs.ts";

/** What became of an input. */
export type Outcome = { declared: Declared[] } | { error: unknown };

/** Far more than any takes on a busy machine. */
const mostSeconds = 20;

/** Runs it, and ends with an error where it does not. */
export async function outcomeOf(input: Input): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const { stackTraceLimit } = Error;
  // The SDK takes a stack trace for each promise, which is half of the time.
  Error.stackTraceLimit = 0;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`did not end within ${mostSeconds} s`)), mostSeconds * 1000);
  });
  try {
    return { declared: await Promise.race([declared(input, input.program), late]) };
  } catch (error) {
    return { error };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    clearTimeout(timer);
  }
}
