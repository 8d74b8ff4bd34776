import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { place } from "../place.ts";

/** What DébrouillePro's stack files hold. */
export function settings() {
  return configuration({
    ...place,
    bucket: z.string().min(1),
    /** The MongoDB of this environment, which somebody else runs. */
    mongo: z.strictObject({ host: z.string().min(1), cidrs: z.array(z.string()).optional() }).optional(),
    images: z.strictObject({ ...offered, api: reference.optional(), redis: reference }),
  });
}

/** Where its address stands with the credentials: a Secret that its people or a store of secrets put into the namespace. */
export const address = { name: "mongo", key: "address" };
