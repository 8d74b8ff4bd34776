import { finding, notDecided, settingFinding } from "../finding.ts";
import { isOff, nameWords } from "../nameWords.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Setting } from "../reading/setting.ts";
import { settings } from "../reading/settings.ts";
import type { Finding, Rule } from "../rule.ts";
import { type OpenOrigin, openOrigin, originsIn, originsInHeaders } from "./origins.ts";

const fix = 'name each origin exactly, for example "https://app.example.org"';

export const noOpenCors: Rule = {
  id: "no-open-cors",
  description: "Cross-origin requests are allowed from named https origins only, wherever that is configured.",
  why: "Any site that a user happens to visit can call the API from that user's browser and read the answers.",
  severity: "high",
  levels: { dev: "off", review: "advisory", staging: "mandatory", production: "mandatory" },
  demands: ["R-09", "R-47"],
  rows: ["F20"],
  check: ({ object, inventory, stage }) => {
    const strictHttp = stage === "production";
    const named = settings(object, inventory).flatMap((setting) => judgedSetting(setting, strictHttp));
    const seen = new Set(named.map(({ field }) => field.replace(/ \(.*/, "")));
    const elsewhere = [...corsWithoutOrigin(object), ...judgedFields(object.root, strictHttp)];
    return [...named, ...elsewhere.filter(({ field }) => !seen.has(field))];
  },
};

function judgedSetting(setting: Setting, strictHttp: boolean): Finding[] {
  const { name, value, container, missing } = setting;
  if (name === undefined) return [notDecided(value, container, missing)];
  const meaning = meaningOf(nameWords(name));
  if (meaning === "none") return [];
  if (value.unknown) return [notDecided(value, container, missing)];
  const text = value.text ?? "";
  if (meaning === "everybody") {
    return isOff(text)
      ? []
      : [settingFinding(setting, { problem: "lets every site read the answers", fix, value: text })];
  }
  return open(originsIn(text)).map((bad) => settingFinding(setting, words(bad, strictHttp)));
}

/** Whether a setting lists origins, switches every origin on, or says something else about CORS. */
export function meaningOf(words: readonly string[]): "origins" | "everybody" | "none" {
  const has = (pattern: RegExp) => words.some((word) => pattern.test(word));
  const origin = has(/^ORIGINS?$|^\w*CORSORIGINS?$|ALLOWORIGINS?$|ALLOWEDORIGINS?$/);
  if (!origin && !has(/CORS/)) return "none";
  if (has(/^CSRF$/) || has(/^(METHODS?|HEADERS?|AGE|CREDENTIALS|EXPOSED?|PREFLIGHT|PATHS?|STATUS|ENABLED?)$/))
    return "none";
  if (has(/^(ALL|ANY)$/)) return "everybody";
  const onlyCors = words.length === words.findIndex((word) => /CORS/.test(word)) + 1;
  const listed = has(/^(DOMAINS?|HOSTS?|URLS?|WHITELIST|ALLOWLIST|ALLOW|ALLOWED|REGEX(ES)?|PATTERNS?|SITES?)$/);
  return origin || onlyCors || listed ? "origins" : "none";
}

/** An annotation that switches CORS on without saying for whom: controllers then answer `*`. */
function corsWithoutOrigin({ root }: KubernetesObject): Finding[] {
  const annotations = root.at("metadata", "annotations");
  return annotations.entries().flatMap((annotation) => {
    const family = /^(.*\/)(enable-cors|cors-enable)$/.exec(annotation.key)?.[1];
    if (family === undefined || isOff(annotation.text ?? "true")) return [];
    if (annotation.unknown) return [notDecided(annotation)];
    const origin = annotations.at(`${family}cors-allow-origin`);
    if (origin.unknown || originsIn(origin.text ?? "").length > 0) return [];
    const problem = `switches CORS on without ${family}cors-allow-origin, whose default is "*"`;
    return [
      finding(annotation, {
        problem,
        fix: `set ${family}cors-allow-origin to the exact origins`,
        value: annotation.text,
      }),
    ];
  });
}

const originKey =
  /(^|[^a-z])allow-origins?$|(^|[^a-z])(allow(ed)?Origins?|accessControlAllowOrigin(List|ListRegex)?)$/i;
const mayHoldCors =
  /^(|metadata|annotations|spec|http|rules|routes|virtualhost|filters|cors|corsPolicy|headers|set|add)$|header/i;

/** Fields of any kind of object: annotations, route filters, middlewares, gateways of any make, snippets. */
function judgedFields(field: Field, strictHttp: boolean): Finding[] {
  const judged = (place: Field, text = "") =>
    open(originsIn(text)).map((bad) => finding(place, words(bad, strictHttp)));
  if (originKey.test(field.key)) {
    return field.leaves().flatMap((leaf) => {
      if (leaf.unknown) return [notDecided(leaf)];
      return isLoose(leaf) ? [finding(leaf, loose(leaf.text))] : judged(leaf, leaf.text);
    });
  }
  if (field.unknown) return mayHoldCors.test(field.key) ? [notDecided(field)] : [];
  if (field.text !== undefined) return judged(field, originsInHeaders(field.text).join());
  if (originKey.test(field.at("name").text ?? "")) {
    const value = field.at("value");
    return value.unknown ? [notDecided(value)] : judged(value, value.text);
  }
  return [...field.items(), ...field.entries()].flatMap((below) => judgedFields(below, strictHttp));
}

/** HAProxy's controller looks for the value as a pattern anywhere in what a browser sends. */
function isLoose({ key, text = "" }: Field): boolean {
  return (
    /^haproxy\.(org|com)\//.test(key) && originsIn(text).some((origin) => /^https?:/.test(origin)) && text[0] !== "^"
  );
}

function loose(value?: string) {
  const problem = "is matched as a pattern without ends, so longer origins fit too";
  return { problem, fix: 'give it its ends: "^(https://app[.]example[.]org)$"', value, level: "mandatory" as const };
}

function open(origins: string[]): OpenOrigin[] {
  return origins.map(openOrigin).filter((origin) => origin !== undefined);
}

function words({ origin, problem, wildcard }: OpenOrigin, strictHttp: boolean) {
  return {
    problem,
    fix,
    value: origin,
    level: wildcard || strictHttp ? ("mandatory" as const) : ("advisory" as const),
  };
}
