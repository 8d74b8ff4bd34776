import { settingFinding } from "../finding.ts";
import { advisedInProduction } from "../levels.ts";
import { isOff, nameWords } from "../nameWords.ts";
import { settingRule } from "../settingRule.ts";

/** How verbose logs may be says `no-debug-in-production`. */
export const noSensitiveLogs = settingRule(
  {
    id: "no-sensitive-logs",
    description:
      "Nothing tells a program to log bodies, headers, cookies or parameters, and what it hides in logs is not empty.",
    why: "Logs are read by more people than the database, are kept longer, and hold whatever users sent.",
    severity: "medium",
    levels: advisedInProduction,
    demands: ["R-10"],
  },
  {
    concerns: (name) => meaningOf(name) !== "none",
    check: (setting) => {
      const { name = "", text } = setting;
      if (meaningOf(name) === "hides") {
        const empty = isOff(text) || /^\s*(\[\s*\]|\{\s*\}|""|'')\s*$/.test(text);
        const fix = "list what is to be hidden, such as password,authorization,cookie";
        return empty ? [settingFinding(setting, { problem: "hides nothing in logs", fix, value: text })] : [];
      }
      const harmless = isOff(text) || /^\s*(ddl|mod|-1)\s*$/i.test(text);
      const words = { problem: "logs what users send", fix: "set it to false", value: text };
      return harmless ? [] : [settingFinding(setting, words)];
    },
  },
);

const things =
  /^(BODY|BODIES|HEADERS?|COOKIES?|PASSWORDS?|PAYLOADS?|PARAMETERS?|PARAMS|TOKENS?|CREDENTIALS|SECRETS|PII|STATEMENTS?)$/;
const about = /^(ENABLED?|ALL|FULL|RAW|REQUESTS?|RESPONSES?|HTTP|SQL|QUERY|QUERIES)$/;

/** Whether a setting of that name says what logs `show` or what they `hide`. */
function meaningOf(name: string): "shows" | "hides" | "none" {
  const words = nameWords(name);
  const logs = words.findIndex((word) => /^(LOGS?|LOGGING|LOGGER)$/.test(word));
  if (logs < 0) return "none";
  const rest = words.slice(logs + 1);
  if (rest.some((word) => /^(REDACT(ED|ION|S)?|MASK(ED|S)?|SCRUB|SANITIZE|CENSOR)$/.test(word))) return "hides";
  const last = rest.findLast((word) => !/^ENABLED?$/.test(word)) ?? "";
  return things.test(last) && rest.every((word) => things.test(word) || about.test(word)) ? "shows" : "none";
}
