import { z } from "zod";
import { settingFinding } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import type { Setting } from "../reading/setting.ts";
import { settingRule } from "../settingRule.ts";
import { nameOfCredential } from "./credentialName.ts";
import { mayBeCredential } from "./credentialValue.ts";
import { isLiteral } from "./secretPattern.ts";

const length = z.int().min(1).max(4096);
const parameters = z.strictObject({
  lengths: z
    .record(z.string().min(1), length)
    .default({ BETTER_AUTH_SECRET: 64, JWT_SECRET: 32 })
    .describe("fewest characters, by a secret's name or the end of it"),
  others: length.default(16).describe("fewest characters of every other credential"),
});
type Given = z.infer<typeof parameters>;

export const secretMinLength = settingRule(
  {
    id: "secret-min-length",
    description: "A credential has as many characters as its purpose asks for.",
    why: "A short signing key is found by trying all of them, and whoever has it signs as anybody.",
    severity: "high",
    levels: everywhere,
    demands: ["R-58", "R-59"],
    parameters,
  },
  {
    concerns: (name, setting, given) => {
      // Any other that stands in clear is refused for that, whatever its length.
      const kept = setting.value.secret || setting.source === "reference";
      const named = listed(name, given) !== undefined || (kept && nameOfCredential(name) === "credential");
      return named && !(setting.value.text !== undefined && judgedAtItsKey(setting, name, given));
    },
    check: (setting, _all, _subject, given) => {
      const { name = "", text } = setting;
      const value = text.trim();
      const asked = listed(name, given);
      const counts = asked === undefined ? mayBeCredential(value, false) : isLiteral(value) || value === "";
      const least = asked ?? given.others;
      const count = [...value].length;
      if (!counts || count >= least) return [];
      const problem = `has ${count} characters, at least ${least} are needed`;
      return [settingFinding(setting, { problem, fix: `make one of ${least} random characters or more` })];
    },
  },
);

/** The length asked of a name in the table: `JWT_SECRET` is asked of `API_JWT_SECRET` and of `jwtSecret` too. */
function listed(name: string, { lengths }: Given): number | undefined {
  const words = nameWords(name).join("_");
  const asked = Object.entries(lengths).filter(([wanted]) => `_${words}`.endsWith(`_${nameWords(wanted).join("_")}`));
  return asked.length === 0 ? undefined : Math.max(...asked.map(([, least]) => least));
}

/** A reader's name for a value counts where it asks for more than the key's own. */
function judgedAtItsKey({ source, value: { key } }: Setting, name: string, given: Given): boolean {
  if (source !== "reference" || nameOfCredential(key) !== "credential") return false;
  return (listed(name, given) ?? given.others) <= (listed(key, given) ?? given.others);
}
