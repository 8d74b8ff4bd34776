/** What was typed, or what it leads to, can't be used: exit code 2, and one message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export function cantRead(option: string, place: string): never {
  throw new UsageError(`${option} "${place}" is not there: give a file, from here, or an address.`);
}
