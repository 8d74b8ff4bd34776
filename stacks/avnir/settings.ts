import { z } from "zod";
import { configuration } from "../../index.ts";

const image = z.string().min(1);

/** What AVNIR's stack files hold. */
export function settings() {
  return configuration(
    {
      url: z.url(),
      database: z.string().regex(/^[a-z_][a-z0-9_]{0,56}$/),
      cors: z.array(z.string()).min(1).optional(),
      featureFlags: z.strictObject({
        newPaymentFlow: z.boolean(),
        enhancedAuth: z.boolean(),
        betaDashboard: z.boolean(),
      }),
      images: z.strictObject({ api: image.optional(), postgres: image, redis: image, node: image.optional() }),
      registry: z
        .string()
        .regex(/^[a-z0-9][-a-z0-9.:/_]*$/)
        .optional(),
      nodePort: z.int().min(1).max(65535).optional(),
    },
    ["STRIPE_SECRET_KEY"],
  );
}

export type Settings = ReturnType<typeof settings>;
