import { z } from "zod";
import { finding, notDecided, settingFinding } from "../finding.ts";
import { nameWords } from "../nameWords.ts";
import type { Field } from "../reading/field.ts";
import type { Finding, Rule } from "../rule.ts";
import { nameOfCredential } from "../secrets/credentialName.ts";
import { settingRule, standsHere } from "../settingRule.ts";
import { namesData, placesIn } from "./places.ts";

const parameters = z.strictObject({
  words: z.array(z.string().min(1)).default(["prod", "production"]).describe("words of a name that mean production"),
});
type Given = z.infer<typeof parameters>;

const fix = "use this environment's own, with data made up for it";

const settingsRule = settingRule(
  {
    id: "no-prod-data-in-nonprod",
    description:
      "Outside production no database, bucket, backup or restore is production's, by its address or its name.",
    why: "Real people's data ends up where everybody may look at it, and a test writes into what is live.",
    severity: "critical",
    levels: { dev: "mandatory", review: "mandatory", staging: "mandatory", production: "off" },
    demands: ["R-06", "R-14"],
    parameters,
  },
  {
    words: true,
    concerns: (name, setting) =>
      standsHere(setting, namesData) && !(setting.value.unknown && nameOfCredential(name) === "credential"),
    check: (setting, _all, subject, { words }) => {
      const place = placesIn(setting, subject).find((text) => isProduction(text, words));
      return place === undefined
        ? []
        : [settingFinding(setting, { problem: "leads to production's data", fix, value: place })];
    },
  },
);

export const noProductionData: Rule = {
  ...settingsRule,
  check: (subject, given = parameters.parse({})) => [
    ...settingsRule.check(subject, given),
    ...sources(subject.object.root, given as Given),
  ],
};

/** `prod`, `shop_prod`, `db-production-2`, `shopProd`; not `product`, `preprod`, `non-prod`. */
function isProduction(text: string, wanted: readonly string[]): boolean {
  const words = nameWords(text);
  const meant = new Set(wanted.map((word) => word.toUpperCase()));
  return words.some(
    (word, index) => meant.has(word.replace(/\d+$/, "")) && !/^(PRE|NON|NOT)$/.test(words[index - 1] ?? ""),
  );
}

/** Where other tools' objects say what they are filled from: volumes, clusters, restores. */
const filledFrom =
  /^spec\.(.*\.)?(backupName|scheduleName|destinationPath|bucket(Name)?|barmanObjectStore\.serverName|snapshotName|dataSource(Ref)?\.name|recovery\.source|backup\.name|connectionParameters\.(host|dbname)|restoreFrom|(objectStorage|s3|backup\w*)\.prefix)$/;

/** What is below these may say it. */
const mayHold =
  /^spec$|^spec\.(.*\.)?(dataSource(Ref)?|bootstrap|recovery|backup|source|barmanObjectStore|connectionParameters|restoreFrom|objectStorage|s3)$/;

function sources(root: Field, { words }: Given): Finding[] {
  return [...root.leaves()]
    .filter(({ path, unknown }) => filledFrom.test(path) || (unknown && mayHold.test(path)))
    .flatMap((leaf) => {
      if (leaf.unknown) return [notDecided(leaf)];
      const said = { problem: "is filled from production's data", fix, value: leaf.text };
      return isProduction(leaf.text ?? "", words) ? [finding(leaf, said)] : [];
    });
}
