import { nameWords } from "../nameWords.ts";

/** Words that mean an environment and nothing else. */
const environments: Readonly<Record<string, string>> = {
  DEV: "dev",
  DEVELOPMENT: "dev",
  STAGING: "staging",
  PREPROD: "staging",
  PROD: "production",
  PRODUCTION: "production",
};

/** The environment that a word of a name means: `STAGING`, `DEV2`. */
export function environmentOfWord(word: string): string | undefined {
  return environments[word.replace(/\d+$/, "")];
}

/** The environments to which a host belongs by its name. */
export function environmentsInHost(host: string): string[] {
  return nameWords(withoutDomain(host)).flatMap((word) => environmentOfWord(word) ?? []);
}

/** The name that was bought says nothing: `web.dev`, `prod.example`. What is before it and after it does. */
export function withoutDomain(place: string): string {
  const [host = "", ...path] = place.split("/");
  const labels = host.replace(/:\d+$/, "").split(".");
  const own = labels.length === 1 ? labels : labels.slice(0, -2);
  return [own.join("."), ...path].join("/");
}
