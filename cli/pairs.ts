import { UsageError } from "./usage.ts";

/** What an option that may be given again holds, each as KEY=VALUE. */
export function pairs(option: string, given: readonly string[] = []): [string, string][] {
  return given.map((one) => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    // What stands there may be a secret.
    if (key === undefined || value === undefined) throw new UsageError(`${option} takes KEY=VALUE.`);
    return [key, value];
  });
}
