/** The environment a resource's name points to: `avnir-production`, `db.prod`, `pr-12`; undefined for none. */
export function environmentInName(name: string): string | undefined {
  const words = name.toLowerCase().split(/[-_./:]+/);
  const review = /(?:^|[-_./:])(pr-[1-9]\d*)$/.exec(name.toLowerCase())?.[1];
  return review ?? unmistakable[words.at(-1) ?? ""];
}

/** Only words that mean nothing else: `link-preview`, `main-stage` and `is-local` are names of things. */
const unmistakable: Readonly<Record<string, string>> = {
  dev: "dev",
  development: "dev",
  staging: "staging",
  preprod: "staging",
  production: "production",
  prod: "production",
};

/** The environment in the namespace of a service's address: `postgres.avnir-production(.svc.cluster.local)`. */
export function environmentsInAddresses(text: string): { address: string; environment: string }[] {
  return [...text.matchAll(/(?<![\w.-])[a-z0-9][\w-]*(?:\.[a-z0-9][a-z0-9-]*)+/gi)].flatMap(([address]) => {
    const [first = "", second = "", third] = address.toLowerCase().split(".");
    const namespace = first === "svc" || third === undefined || third === "svc" ? second : undefined;
    const environment = namespace === undefined ? undefined : environmentInName(namespace);
    const ownDomain = third === undefined && first !== "svc" && !namespace?.includes("-");
    return environment === undefined || ownDomain ? [] : [{ address, environment }];
  });
}
