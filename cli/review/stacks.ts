import { z } from "zod";
import { askPulumi, type Place } from "../stack/runPulumi.ts";
import { UsageError } from "../usage.ts";

/** What says, at the backend itself, that a stack is a review and when it ends: neither program nor stack file is needed. */
export const tags = { number: "palier:review", expires: "palier:expires", url: "palier:url" } as const;

/** A stack that is named as a review is. */
export interface NamedStack {
  /** As the backend names it. */
  readonly stack: string;
  readonly number: number;
  readonly resources: number;
  readonly busy: boolean;
  /** What it was made as; undefined where no `palier review up` made it. */
  readonly review?: { readonly expires: string; readonly url?: string };
}

const listed = z.array(
  z.object({ name: z.string(), resourceCount: z.number().optional(), updateInProgress: z.boolean().optional() }),
);

/** The number of a pull request. */
export function numberOf(given: readonly string[], command: string): number {
  const [word = "", ...more] = given;
  if (more.length > 0 || word === "") throw new UsageError(`name one NUMBER. See palier ${command} --help.`);
  if (/^[1-9][0-9]{0,8}$/.test(word)) return Number(word);
  throw new UsageError(`NUMBER "${word}" is no number of a pull request. Allowed: 1 to 999999999.`);
}

/** What a review's stack is called. */
export const stackOf = (number: number): string => `pr-${number}`;

/** Every stack of the project that is named as a review is, whoever made it. */
export async function namedAsReviews(place: Place): Promise<NamedStack[]> {
  const named = (await stacksOf(place)).flatMap(({ name, resourceCount = 0, updateInProgress = false }) => {
    const number = /(?:^|\/)pr-([1-9][0-9]*)$/.exec(name)?.[1];
    return number ? [{ stack: name, number: Number(number), resources: resourceCount, busy: updateInProgress }] : [];
  });
  const all = await Promise.all(named.map(async (one) => ({ ...one, ...(await madeAs(place, one.stack)) })));
  return all.sort((a, b) => a.number - b.number);
}

async function stacksOf(place: Place): Promise<z.infer<typeof listed>> {
  const told = await askPulumi(place, ["stack", "ls", "--json"]);
  try {
    return listed.parse(JSON.parse(told));
  } catch {
    throw new UsageError("pulumi stack ls --json told no list of stacks.");
  }
}

/** What a stack was made as, as its backend says it now. */
export async function madeAs(place: Place, stack: string): Promise<Pick<NamedStack, "review">> {
  const told = await askPulumi(place, ["stack", "tag", "ls", "--json", "--stack", stack]);
  const { [tags.number]: number, [tags.expires]: expires, [tags.url]: url } = tagsIn(told);
  if (number === undefined) return {};
  return { review: { expires: expires ?? "", ...(url === undefined ? {} : { url }) } };
}

function tagsIn(told: string): Partial<Record<string, string>> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(told));
  } catch {
    throw new UsageError("pulumi stack tag ls --json told no tags.");
  }
}

/** When it ends; undefined where its tag is no time. */
export function endOf({ expires }: { readonly expires: string }): Date | undefined {
  const time = Date.parse(expires);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** `2 days`, `3 hours`, `5 minutes`. */
export function spanOf(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const [count, unit] =
    minutes >= 2880 ? [minutes / 1440, "day"] : minutes >= 120 ? [minutes / 60, "hour"] : [minutes, "minute"];
  return `${Math.floor(count)} ${unit}${Math.floor(count) === 1 ? "" : "s"}`;
}
