import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { backupPlace } from "../backup.ts";
import { database, place } from "../place.ts";

/** What YONIMA's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      database,
      backup: backupPlace.optional(),
      images: z.strictObject({
        ...offered,
        api: reference.optional(),
        postgres: reference,
        redis: reference,
        backup: reference.optional(),
      }),
    },
    ["SENTRY_DSN"],
  );
}
