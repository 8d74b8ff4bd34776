import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { backupPlace } from "../backup.ts";
import { database, place } from "../place.ts";

/** What AVNIR's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      database,
      backup: backupPlace.optional(),
      cors: z.array(z.string()).min(1).optional(),
      featureFlags: z.strictObject({
        newPaymentFlow: z.boolean(),
        enhancedAuth: z.boolean(),
        betaDashboard: z.boolean(),
      }),
      images: z.strictObject({
        ...offered,
        api: reference.optional(),
        postgres: reference,
        redis: reference,
        backup: reference.optional(),
      }),
    },
    ["STRIPE_SECRET_KEY"],
  );
}

export type Settings = ReturnType<typeof settings>;
