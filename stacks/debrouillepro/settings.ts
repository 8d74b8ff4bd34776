import { z } from "zod";
import { configuration } from "../../index.ts";
import { offered, reference } from "../appImage.ts";
import { place } from "../place.ts";

/** What DébrouillePro's stack files hold. */
export function settings() {
  return configuration({
    ...place,
    bucket: z.string().min(1),
    images: z.strictObject({ ...offered, api: reference.optional(), redis: reference }),
  });
}
