import { z } from "zod";
import * as palier from "../index.ts";

/** What a stack file says of where backups go, and who can open them. */
export const backupPlace = z.strictObject({
  /** Where the store answers: a host. */
  host: z.string().min(1),
  region: z.string().min(1),
  /** No other environment's. */
  bucket: z.string().min(1),
  prefix: z.string().min(1).optional(),
  /** Public keys of age's. No stack file that is tracked has any: who takes it as it is must not encrypt for somebody else. */
  recipients: z.array(z.string()).default([]),
});

interface Saved {
  backup?: z.infer<typeof backupPlace>;
  /** Where it names none for backups there are none, as on a machine of one's own: the rules tell production so. */
  images: { backup?: string };
}

/** What a system's document asks of its backups. */
type Asked = Pick<palier.BackupArgs, "schedule" | "timeZone" | "keep" | "rpoHours" | "rtoHours">;

/** Where a system's data is saved, for what else it has to save. */
export interface SavedTo {
  how: Pick<palier.BackupArgs, "image" | "to" | "recipients">;
  /** What opens it, for a drill. */
  identity: palier.SecretKey;
}

/** Saves a system's database, and tries monthly what was saved. Who keeps the store makes the Secret `backup`. */
export function saved(
  environment: palier.Environment,
  of: palier.Link,
  { backup, images }: Saved,
  asked: Asked,
): SavedTo | undefined {
  if (!backup || !images.backup) return undefined;
  const { host, recipients, ...place } = backup;
  const key = (key: string) => ({ existing: { name: "backup", key } });
  const { keys } = new palier.Secrets("backup-keys", {
    environment,
    values: { STORE_ID: key("id"), STORE_SECRET: key("secret"), AGE_IDENTITY: key("identity") },
  });
  const credentials = { id: keys["STORE_ID"]!, secret: keys["STORE_SECRET"]! };
  const to = { ...place, endpoint: palier.outside({ host }), credentials };
  const how = { image: images.backup, to, recipients };
  new palier.Backup("db-backup", {
    environment,
    of,
    ...how,
    drill: {
      identity: keys["AGE_IDENTITY"]!,
      assertions: [{ sql: "SELECT count(*) FROM pg_stat_user_tables", atLeast: 1 }],
    },
    ...asked,
  });
  return { how, identity: keys["AGE_IDENTITY"]! };
}
