/** What was typed, or what it leads to, can't be used: exit code 2, and one message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
