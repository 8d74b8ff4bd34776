import { z } from "zod";

/** A release that was found good, in the order in which they came: the last one is what serves. */
const goodRelease = z.object({
  release: z.string(),
  image: z.string(),
  at: z.string(),
  /** Its migration took something away: nothing older runs on the schema any more. */
  contract: z.boolean().optional(),
});

export type GoodRelease = z.infer<typeof goodRelease>;

const mostKept = 20;

/** What a cluster keeps of them; nothing where it is no such list. */
export function readHistory(text: string | undefined): GoodRelease[] {
  try {
    return z.array(goodRelease).parse(JSON.parse(text ?? "[]"));
  } catch {
    return [];
  }
}

/** The list with one more, unless that one serves already. */
export function withRelease(history: readonly GoodRelease[], added: GoodRelease): GoodRelease[] {
  return history.at(-1)?.image === added.image ? [...history] : [...history, added].slice(-mostKept);
}

/** The one to go back to: the named one, else the last other one. A word says why it can't be. */
export function wayBack(history: readonly GoodRelease[], wanted?: string): GoodRelease | string {
  const serves = history.at(-1);
  if (!serves) return "no good release is on record";
  const known = [...new Set(history.map(({ release }) => release))].join(", ");
  const index = history.findLastIndex(({ release, image }) =>
    wanted === undefined ? image !== serves.image : release === wanted,
  );
  const found = history[index];
  if (!found)
    return wanted === undefined
      ? "there is no other good release"
      : `no good release is "${wanted}"; there are ${known}`;
  if (found.image === serves.image) return `${found.release} serves already`;
  return contracted(history, index, found.release) ?? found;
}

/** Why an image can't come back, in words. One that never was on the list is older than what is. */
export function refusedBack(history: readonly GoodRelease[], image: string): string | undefined {
  const index = history.findLastIndex((one) => one.image === image);
  return contracted(history, index, history[index]?.release ?? image);
}

function contracted(history: readonly GoodRelease[], index: number, release: string): string | undefined {
  const after = history.slice(index + 1).find(({ contract }) => contract);
  return (
    after &&
    `the migration of ${after.release} (${after.at}) took away what ${release} needs; only a release after it can come back`
  );
}
