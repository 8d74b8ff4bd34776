import { readOptions } from "../options.ts";
import type { Place } from "../stack/runPulumi.ts";
import { UsageError } from "../usage.ts";
import { projectOf, projectOption } from "./place.ts";
import { remove } from "./remove.ts";
import { endOf, madeAs, type NamedStack, namedAsReviews, spanOf } from "./stacks.ts";

const usage = `palier review sweep [options]

Takes away the reviews whose time is over: destroys all that each has, and forgets its stack. It needs neither their program nor their
stack files. A stack that no palier review up made is left alone, whatever it is called.
  --plan                only says what would be done
  --project FOLDER      where Pulumi.yaml is (default: $PULUMI_OPTION_CWD, else .)

Exit code: 0 none is left whose time is over, 1 one could not be removed, 2 it can't be told.`;

type Fate = "removed" | "left" | "not removed";

/** `palier review sweep`. Resolves to the exit code. */
export async function reviewSweep(argv: string[], now = new Date()): Promise<number> {
  const { values, positionals } = readOptions("review sweep", argv, { ...projectOption, plan: { type: "boolean" } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("nothing is named here. See palier review sweep --help.");
  const place = projectOf(values);
  const fates: Fate[] = [];
  for (const one of await namedAsReviews(place)) fates.push(await swept(place, one, now, values.plan ?? false));
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const gone = values.plan ? "would be removed" : "removed";
  console.log(`${count("removed")} ${gone}, ${count("left")} left, ${count("not removed")} could not be removed.`);
  return count("not removed") === 0 ? 0 : 1;
}

async function swept(place: Place, one: NamedStack, now: Date, plan: boolean): Promise<Fate> {
  const { stack, review, resources } = one;
  if (!review) return told("left", `${stack}: no palier review up made it: left`);
  const end = endOf(review);
  if (!end) return told("not removed", `${stack}: its tag palier:expires "${review.expires}" is no time: left`);
  if (end > now)
    return told("left", `${stack}: ends ${review.expires}, in ${spanOf(end.getTime() - now.getTime())}: left`);
  const over = `${stack}: ended ${review.expires}`;
  if (plan) return told("removed", `${over}: would be removed, with ${resources} resources`);
  const { kept, unasked } = await keptSince(place, one);
  if (kept !== undefined) return told("left", `${over}, but ${kept}: left`);
  const why = unasked ?? (await remove(place, stack));
  if (why !== undefined) return told("not removed", `${over}: could not be removed: ${why}`);
  return told("removed", `${over}: removed, with ${resources} resources`);
}

/** Each removal takes minutes: whether somebody renewed the review, or took it over, since all were listed. In words. */
async function keptSince(place: Place, { stack, review }: NamedStack): Promise<{ kept?: string; unasked?: string }> {
  try {
    const { review: now } = await madeAs(place, stack);
    if (now?.expires === review?.expires) return {};
    return { kept: now ? `was renewed meanwhile and ends ${now.expires}` : "is no review any more" };
  } catch (error) {
    if (error instanceof UsageError) return { unasked: error.message };
    throw error;
  }
}

function told(fate: Fate, line: string): Fate {
  if (fate === "not removed") console.error(`palier: ${line}`);
  else console.log(line);
  return fate;
}
