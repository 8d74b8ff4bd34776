import { addressesIn } from "../database/address.ts";
import { namesData, placesIn } from "../database/places.ts";
import { settingFinding } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import type { Setting } from "../reading/setting.ts";
import type { Subject } from "../rule.ts";
import { nameOfCredential } from "../secrets/credentialName.ts";
import { settingRule, standsHere } from "../settingRule.ts";
import { environmentOfWord, withoutDomain } from "./hostName.ts";

/** Namespaces and services in the cluster judges `secrets-isolated`, production's data `no-prod-data-in-nonprod`. */
export const environmentIsolation = settingRule(
  {
    id: "env-isolation",
    description: "Addresses, databases and buckets are this environment's own, by their names.",
    why: "Two environments that share a database or call each other break together, and mix their data.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-14", "R-19", "R-38", "R-51"],
    rows: ["G14"],
  },
  {
    words: true,
    concerns: (name, setting) =>
      standsHere(setting, (read) => namesData(read) || namesHost(read)) &&
      !(setting.value.unknown && (nameOfCredential(name) === "credential" || !(namesData(name) || namesHost(name)))),
    check: (setting, _all, subject) => {
      const found = namedPlaces(setting, subject)
        .flatMap(({ text, data }) => nameWords(text).map((word) => ({ text, data, other: environmentOfWord(word) })))
        .find(({ other, data }) => isOther(other, data, subject));
      const fix = `use the one of ${subject.review ?? subject.stage}`;
      return found
        ? [settingFinding(setting, { problem: `belongs by its name to ${found.other}`, fix, value: found.text })]
        : [];
    },
  },
);

function isOther(other: string | undefined, data: boolean, { stage }: Subject): boolean {
  if (other === undefined || other === stage) return false;
  return !(data && other === "production");
}

function namedPlaces(setting: Setting & { text: string }, subject: Subject): { text: string; data: boolean }[] {
  const stored = placesIn(setting, subject).filter((text) => !text.startsWith("/")); // `/dev/null` is a file
  if (stored.length > 0) return stored.map((text) => ({ text: withoutDomain(text), data: true }));
  const urls = addressesIn(setting.text).filter(({ scheme }) => /^(https?|wss?|amqps?)$/.test(scheme));
  const bare = urls.length === 0 && namesHost(setting.name ?? "") && !/[\s/]/.test(setting.text) ? [setting.text] : [];
  return [...urls.map(({ host }) => host), ...bare].map((host) => ({ text: withoutDomain(host), data: false }));
}

const namesHost = (name: string) =>
  /^(\w*URLS?|URI|HOST|HOSTNAME|ENDPOINT|DOMAIN|ISSUER)$/.test(nameWords(name).at(-1) ?? "");
