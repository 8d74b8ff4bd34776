import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { database, place } from "../place.ts";

/** What YONIMA's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      database,
      images: z.strictObject({ ...offered, api: reference.optional(), postgres: reference, redis: reference }),
    },
    ["SENTRY_DSN"],
  );
}
