import { nameWords } from "../nameWords.ts";
import { commandLine } from "../reading/commandLine.ts";
import { containers } from "../reading/containers.ts";
import type { Setting } from "../reading/setting.ts";
import type { Subject } from "../rule.ts";
import { nameOfCredential } from "../secrets/credentialName.ts";
import { addressesIn, namesAddress } from "./address.ts";

const stores =
  /^(postgres(ql)?|postgis|mysql|mariadb|mongodb|rediss?|sqlserver|clickhouse|cassandra|cockroachdb|ecto|s3a?|gs|az|abfss?|wasbs?|b2|swift)$/;

/** What a setting says of where data is: the addresses in it, and by its name or its program the value itself. */
export function placesIn(
  { name = "", text, source, container }: Setting & { text: string },
  subject: Subject,
): string[] {
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

export function namesData(name: string): boolean {
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
