import { z } from "zod";
import { finding, notDecided, settingFinding } from "../finding.ts";
import { nameWords } from "../nameWords.ts";
import { commandLine } from "../reading/commandLine.ts";
import { containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Setting } from "../reading/setting.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { nameOfCredential } from "../secrets/credentialName.ts";
import { settingRule, standsHere } from "../settingRule.ts";
import { addressesIn, namesAddress } from "./address.ts";

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

const stores =
  /^(postgres(ql)?|postgis|mysql|mariadb|mongodb|rediss?|sqlserver|clickhouse|cassandra|cockroachdb|ecto|s3a?|gs|az|abfss?|wasbs?|b2|swift)$/;

/** What a setting says of where data is: the addresses in it, and by its name or its program the value itself. */
function placesIn({ name = "", text, source, container }: Setting & { text: string }, subject: Subject): string[] {
  const addresses = addressesIn(text)
    .filter(({ scheme }) => stores.test(scheme))
    .map(({ host, path }) => `${host}/${path}`);
  if (addresses.length > 0 || /\s/.test(text)) return addresses;
  const tool = source === "command" && movesData(subject, container);
  return tool || (namesData(name) && nameOfCredential(name) !== "credential") ? [text] : [];
}

const kinds =
  /^(\w*DB|DBNAME|\w*DATABASE|PG|PGHOST|PGSERVICE|\w*POSTGRES(QL)?|\w*SQL|\w*MONGO(DB)?|REDIS|SUPABASE|BUCKETS?|BACKUPS?|DUMPS?|RESTORE|SNAPSHOTS?|PITR|S3|STORAGE)$/;
const otherwise = /^(ENV|ENVIRONMENT|STAGE|MODE|LEVEL|PROFILE|TIER)$/;

function namesData(name: string): boolean {
  const words = nameWords(name);
  return namesAddress(words) || (words.some((word) => kinds.test(word)) && !otherwise.test(words.at(-1) ?? ""));
}

const tools =
  /^(pg_\w+|psql|mysql\w*|mariadb\w*|mongo\w*|redis-cli|restic|wal-[eg]|pgbackrest|barman\S*|aws|gsutil|gcloud|rclone|mc|s3cmd|velero)$/;

function movesData({ object }: Subject, name: string | undefined): boolean {
  return containers(object)
    .filter((container) => container.name === name)
    .some((container) => commandLine(container).some(({ text }) => tools.test(text?.split("/").at(-1) ?? "")));
}

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

function sources(root: Field, { words }: Given): Finding[] {
  return [...root.leaves()]
    .filter(({ path }) => filledFrom.test(path))
    .flatMap((leaf) => {
      if (leaf.unknown) return [notDecided(leaf)];
      const said = { problem: "is filled from production's data", fix, value: leaf.text };
      return isProduction(leaf.text ?? "", words) ? [finding(leaf, said)] : [];
    });
}
