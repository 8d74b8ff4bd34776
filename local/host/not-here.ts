/** What the official language host does and this one doesn't: refused by name. */
export function notHere(what: string): string {
  return `${what} is not in Palier's stand-in for the nodejs language host; the official one comes with the Pulumi CLI`;
}
