import { type GoodRelease, refusedBack } from "../../core/records/history.ts";
import { parted } from "../record/place.ts";
import { UsageError } from "../usage.ts";
import { appsIn } from "./apps.ts";
import type { Place } from "./place.ts";

/**
 * Says of each image that nothing on record speaks against its way back, for those who bring it by other means: a pipeline that
 * goes by its release records. Throws {@link UsageError} for the first against which something does.
 */
export async function mayComeBack(place: Place, references: readonly string[]): Promise<string[]> {
  const named = references.map((reference) => ({ reference, image: imageOf(reference) }));
  const apps = await appsIn(place.cluster);
  return named.map(({ reference, image }) => {
    const own = apps.filter(({ history }) => history.some((one) => parted(one.image)?.image === image));
    for (const { name, history } of own) refuse(name, history, reference);
    const names = own.map(({ name }) => name).join(", ");
    return `${reference} can come back: ${names ? `${names} took nothing away since` : "no app has releases of it on record"}`;
  });
}

function refuse(app: string, history: readonly GoodRelease[], reference: string): void {
  const why = refusedBack(history, reference);
  if (why !== undefined) throw new UsageError(`${app}: ${why}.`);
}

function imageOf(reference: string): string {
  const named = parted(reference);
  if (named) return named.image;
  throw new UsageError(`--check "${reference}" is no reference with its digest: name@sha256:<64 digits>.`);
}
