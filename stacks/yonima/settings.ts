import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { backupPlace } from "../backup.ts";
import { managedPostgres } from "../managed.ts";
import { database, place } from "../place.ts";

/** What YONIMA's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      database,
      /** Of Postgres; a local run brings an image that has them. */
      extensions: z.array(z.string()).default([]),
      managed: managedPostgres.optional(),
      backup: backupPlace.optional(),
      /** Mapbox's public token of this environment, and where the mobile app sends its crashes: bundled, so no secrets. */
      mapboxToken: z.string().regex(/^pk\./, "a public token of Mapbox's: pk.…"),
      sentryDsn: z.url(),
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
