import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { database, place } from "../place.ts";

/** What MapQuiz's stack files hold. */
export function settings() {
  return configuration(
    {
      ...place,
      database,
      googleClientId: z.string().min(1),
      github: z.strictObject({ owner: z.string().min(1), name: z.string().min(1) }),
      /** The mailbox that is told of alerts, and the server that is asked to. */
      mail: z.strictObject({ to: z.email(), from: z.email(), server: z.string().min(1) }),
      /** Sessions and a cache in Redis, which its document only plans. */
      redis: z.boolean().default(false),
      /** Off for the one release that must go out although its migration can't. */
      migrate: z.boolean().default(true),
      /** What runs in place of the image's own command, such as `["npx", "tsx", "watch", "src/index.ts"]` in dev. */
      command: z.array(z.string()).optional(),
      images: z.strictObject({ ...offered, api: reference.optional(), postgres: reference }),
    },
    ["GOOGLE_CLIENT_SECRET", "GITHUB_TOKEN"],
  );
}
