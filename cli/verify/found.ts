/** What a check has found. */
export interface Found {
  readonly check: string;
  readonly result: "passed" | "failed";
  /** In words, and never what was sent or answered as a secret. */
  readonly told: string;
}

export function found(check: string, good: boolean, told: string): Found {
  return { check, result: good ? "passed" : "failed", told };
}

/** Why an address gave no answer. */
export function unanswered(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  if (name === "TimeoutError") return "no answer in time";
  const why = cause?.code ?? cause?.message ?? (error as Error).message;
  // Some of fetch's messages hold the address, and where a server redirects to, its name and password too.
  return `can't be reached (${why.replace(/\/\/[^/\s]*@/g, "//")})`;
}
