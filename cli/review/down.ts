import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { projectOf, projectOption } from "./place.ts";
import { remove } from "./remove.ts";
import { namedAsReviews, numberOf, stackOf } from "./stacks.ts";

const usage = `palier review down [options] NUMBER

Takes a review away, whenever it ends: destroys all that it has, and forgets its stack. One that is not there is no error.
  NUMBER                of the pull request
  --plan                only says what would be done
  --project FOLDER      where Pulumi.yaml is (default: $PULUMI_OPTION_CWD, else .)

Exit code: 0 it is gone, 1 it could not be removed, 2 what was given can't be used.`;

/** `palier review down`. Resolves to the exit code. */
export async function reviewDown(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("review down", argv, { ...projectOption, plan: { type: "boolean" } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const number = numberOf(positionals, "review down");
  const place = projectOf(values);
  const found = (await namedAsReviews(place)).find((one) => one.number === number);
  if (!found) {
    console.log(`${stackOf(number)} is not there.`);
    return 0;
  }
  const { stack, review, resources } = found;
  if (!review) throw new UsageError(`${stack} was made by no palier review up: pulumi destroy --stack ${stack}.`);
  if (values.plan) {
    console.log(`${stack}: would be removed, with ${resources} resources.`);
    return 0;
  }
  const why = await remove(place, stack);
  if (why === undefined) console.log(`${stack}: removed, with ${resources} resources.`);
  else console.error(`palier: ${stack} could not be removed: ${why}`);
  return why === undefined ? 0 : 1;
}
