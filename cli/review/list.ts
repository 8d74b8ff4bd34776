import { readOptions } from "../options.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";
import { projectOf, projectOption } from "./place.ts";
import { endOf, type NamedStack, namedAsReviews, spanOf } from "./stacks.ts";

const usage = `palier review list [options]

Lists the reviews of a project, as its backend has them: no program runs, and no cluster is asked.
  --json                for tools
  --project FOLDER      where Pulumi.yaml is (default: $PULUMI_OPTION_CWD, else .)

Exit code: 0, or 2 where it can't be told.`;

/** `palier review list`. Resolves to the exit code. */
export async function reviewList(argv: string[], now = new Date()): Promise<number> {
  const { values, positionals } = readOptions("review list", argv, { ...projectOption, json: { type: "boolean" } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("nothing is named here. See palier review list --help.");
  const all = await namedAsReviews(projectOf(values));
  const reviews = all.filter(({ review }) => review !== undefined);
  if (values.json) console.log(JSON.stringify(reviews.map(told), null, 2));
  else if (reviews.length === 0) console.log("There is no review.");
  else for (const line of table([["review", "ends", "", "resources", "url"], ...rows(reviews, now)])) console.log(line);
  for (const { stack } of all.filter(({ review }) => !review))
    console.error(`palier: ${stack} is named as a review is, and no palier review up made it.`);
  return 0;
}

function told({ stack, number, resources, review }: NamedStack) {
  return { stack, number, ...review, resources };
}

function rows(reviews: readonly NamedStack[], now: Date): string[][] {
  return reviews.map(({ stack, resources, busy, review }) => {
    const end = endOf(review!);
    const left = end ? end.getTime() - now.getTime() : 0;
    const when = !end ? "its end can't be read" : left > 0 ? `in ${spanOf(left)}` : `over for ${spanOf(left)}`;
    const said = busy ? `${when}, and is being changed` : when;
    return [stack, review!.expires, said, String(resources), review!.url ?? ""];
  });
}
