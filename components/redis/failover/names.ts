/** How many servers there are: two may tell that the third is gone. */
export const servers = 3;
/** Port on which Sentinel listens beside each server. */
export const sentinelPort = 26379;
/** What Sentinel calls the servers together. */
export const group = "main";

/** Under what each server is known to the others and to the proxies: a Service that leads to its pod alone. */
export function serverNames(name: string): string[] {
  return Array.from({ length: servers }, (_, index) => `${name}-${index}`);
}
