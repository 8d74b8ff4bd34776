import { readOptions } from "../options.ts";
import { pairs } from "../pairs.ts";
import { pulumiUp } from "../promote/up.ts";
import { UsageError } from "../usage.ts";
import { beginReview } from "./begin.ts";
import { projectOf, projectOption } from "./place.ts";
import { namedAsReviews, numberOf, stackOf } from "./stacks.ts";
import { hoursAllowed, readTemplate, type Template } from "./template.ts";
import { toldUrl } from "./url.ts";

const usage = `palier review up [options] NUMBER [-- OPTION OF PULUMI UP…]

Makes an environment of its own for a pull request, as the stack pr-NUMBER: its namespace with a quota, its database, its secrets,
an end. The stack is made of one template; with each further push the same command brings it up to date, and its end moves on.
  NUMBER                    of the pull request
  --hours N                 so long it stays from now on, 1–8760 (default: the template's, else 168)
  --image NAME=REFERENCE    an image under <project>:images in place of the template's; again for more
  --secret KEY=VARIABLE     a secret of its own, of an environment variable: shop:STRIPE_SECRET_KEY=STRIPE_TEST_KEY
  --template FILE           (default: Pulumi.review.yaml)
  --plan                    only says what would be done
  --project FOLDER          where Pulumi.yaml is (default: $PULUMI_OPTION_CWD, else .)

In the template {number} stands for the number, and palier:review says the rest: hours, quota, url, and secrets, the keys of those that each
review makes for itself. It holds no secret. Exit code: 0 it is up, 1 pulumi up failed, 2 what was given can't be used.`;

const texts = { type: "string", multiple: true } as const;
const options = {
  ...projectOption,
  hours: { type: "string" },
  image: texts,
  secret: texts,
  template: { type: "string" },
  plan: { type: "boolean" },
} as const;

/** `palier review up`. Resolves to the exit code. */
export async function reviewUp(argv: string[], now = new Date()): Promise<number> {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const { values, positionals } = readOptions("review up", argv.slice(0, end), options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const number = numberOf(positionals, "review up");
  const place = projectOf(values);
  const template = await readTemplate(place.folder, number, values.template);
  const hours = hoursOf(values.hours, template);
  const expires = new Date(now.getTime() + hours * 3_600_000).toISOString();
  const wish = { number, hours, expires, images: Object.fromEntries(pairs("--image", values.image)) };
  const given = secretsOf(values.secret);
  const found = (await namedAsReviews(place)).find((one) => one.number === number);
  const stack = stackOf(number);
  if (found && !found.review)
    throw new UsageError(`${stack} is there, and no palier review up made it: it stays as it is.`);
  if (values.plan) {
    console.log(
      `${stack}: would be ${found ? "brought up to date" : "made"} of ${template.place}, and end ${expires}.`,
    );
    return 0;
  }
  await beginReview(place, template, wish, { given, isNew: found === undefined });
  const code = await pulumiUp(place.folder, stack, ["--yes", "--skip-preview", ...argv.slice(end + 1)]);
  if (code !== 0) {
    console.error(`palier: ${stack} is not up. It ends ${expires}: palier review down ${number} takes it away before.`);
    return 1;
  }
  const url = await toldUrl(place, stack, template);
  console.log(`${stack} is up until ${expires}${url === undefined ? "." : `: ${url}`}`);
  return 0;
}

function hoursOf(given: string | undefined, { own }: Template): number {
  if (given === undefined) return own.hours;
  const hours = hoursAllowed.safeParse(given.trim() === "" ? Number.NaN : Number(given));
  if (hours.success) return hours.data;
  throw new UsageError(`--hours "${given}". Allowed: a whole number from 1 to 8760, a year.`);
}

/** Values of environment variables, by the keys that they are for. */
function secretsOf(given: string[] | undefined): Record<string, string> {
  return Object.fromEntries(
    pairs("--secret", given).map(([key, variable]) => {
      const value = process.env[variable];
      if (!value) throw new UsageError(`--secret ${key}: the environment variable it is to be read from is not set.`);
      return [key, value];
    }),
  );
}
