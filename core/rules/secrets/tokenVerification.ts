import { z } from "zod";
import { finding, notDecided, settingFinding } from "../finding.ts";
import { notInDev } from "../levels.ts";
import { isOff, nameWords } from "../nameWords.ts";
import { matches, patterns } from "../parameters.ts";
import { podSpec } from "../reading/containers.ts";
import { readValues } from "../reading/readValues.ts";
import { references } from "../reading/references.ts";
import { settings } from "../reading/settings.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { settingRule } from "../settingRule.ts";

const parameters = z.strictObject({
  workloads: patterns.default([]).describe("names of workloads that must state it, `*` for any text"),
  variable: z.string().min(1).default("TOKEN_VERIFICATION_ENABLED").describe("the variable by which they do"),
});
type Given = z.infer<typeof parameters>;

const fix = "set it to true, or remove what switches it off";

const settingsRule = settingRule(
  {
    id: "token-verification-on",
    description: "Tokens are verified wherever real people log in.",
    why: "Without it any token will do, also one that the caller has written himself.",
    severity: "critical",
    levels: notInDev,
    demands: ["R-46"],
    parameters,
  },
  {
    concerns: (name) => meaningOf(name) !== "none",
    check: (setting) => {
      const { name = "", text } = setting;
      const on = meaningOf(name) === "on";
      const switched = /ENABLE|REQUIRED|^TOKEN_?VERIFICATION$/.test(nameWords(name).join("_"));
      const yes = /^(1|true|t|yes|y|on|enabled?|strict|required?)$/i.test(text.trim());
      const wrong = on ? isOff(text) || (switched && !yes) : !isOff(text);
      return wrong ? [settingFinding(setting, { problem: "lets tokens pass unverified", fix, value: text })] : [];
    },
  },
);

export const tokenVerification: Rule = {
  ...settingsRule,
  check: (subject, given = parameters.parse({})) => [
    ...settingsRule.check(subject, given),
    ...missing(subject, given as Given),
  ],
};

const thing = "(TOKENS?|JWTS?|AUTH|AUTHENTICATION)";
const act = "(VERIFY|VERIFICATION|VALIDATE|VALIDATION|CHECK)";
const both = `(${thing}_${act}|${act}_${thing})`;
const skips = new RegExp(
  `(^|_)(DISABLE|SKIP|BYPASS|NO)_(${both}|${thing})$|(^|_)(${both}|${thing})_(DISABLED|SKIP|BYPASS)$`,
);
const verifies = new RegExp(`(^|_)${both}(_(ENABLED?|ON|REQUIRED))?$|(^|_)ENABLE_${both}$`);

/** Whether a setting of that name switches verification `on` or `off`. */
function meaningOf(name: string): "on" | "off" | "none" {
  const joined = nameWords(name).join("_");
  if (skips.test(joined)) return "off";
  return verifies.test(joined) ? "on" : "none";
}

function missing({ object, inventory }: Subject, { workloads, variable }: Given): Finding[] {
  const spec = podSpec(object);
  if (!spec || object.partial || !matches(object.name, workloads)) return [];
  const stated = [...settings(object, inventory), ...readValues(object, inventory)];
  const read = references(object);
  if ([...stated.map(({ name }) => name), ...read.map((one) => one.variable)].includes(variable)) return [];
  const open = read.find((reference) => reference.whole && !inventory.find(object, reference));
  if (open) return [notDecided(open.field, open.container, `${open.kind} "${open.name ?? "of a name not known yet"}"`)];
  const place = spec.at("containers");
  if ([place, ...place.items().map((container) => container.at("env"))].some(({ unknown }) => unknown))
    return [notDecided(place)];
  return [finding(place, { problem: "say nowhere that tokens are verified", fix: `set ${variable} to true` })];
}
