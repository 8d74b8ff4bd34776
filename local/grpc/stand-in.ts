/** A version with build metadata: equal to the official one for the engine, and different to every reader. */
export function standInVersion(official: string): string {
  return `${official.replace(/^v/, "")}+palier.stand-in`;
}

export function standInNotice(name: string, version: string): string {
  return `${name} ${version} is not the official plugin but Palier's stand-in for machines that can't download it`;
}

/** What the official plugin has and its stand-in has not: refused by name, with the way to have it. */
export function notHere(name: string, what: string): string {
  return `${what} is not in Palier's stand-in for the ${name} plugin; install the official one: pulumi plugin install resource ${name}`;
}
