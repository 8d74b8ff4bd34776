import { stackNamed, stacksOf } from "../explain/stacks.ts";
import { readOptions } from "../options.ts";
import { print } from "../print.ts";
import { programOf, programOptions } from "../program.ts";
import { renderFor } from "../renderFor.ts";
import { UsageError } from "../usage.ts";
import { appsIn, envFile } from "./file.ts";

const usage = `palier env-example [options] [APP]

Prints the .env.example of an app: the variables that its process is given, its secrets by their names, with how each comes to
be and its least length, and its links. No secret's value is in it. The program is run as palier render does.
  APP                   its component's name; may be left out where there is one
  --environment NAME    whose variables to show (default: the first of dev, review, staging and production)
  --project FOLDER      where Pulumi.yaml is (default: .)
  --set KEY=VALUE       configuration that the stack file lacks, such as shop:images.api=…; again for more
  --output FILE         where to write it (default: standard output)

Exit code: 0 printed, 2 it could not be made.`;

const text = { type: "string" } as const;

const options = {
  ...programOptions,
  environment: text,
  output: text,
} as const;

/** `palier env-example`. Resolves to the exit code. */
export async function envExample(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("env-example", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UsageError("name one app: palier env-example api.");
  const program = programOf(values);
  const stacks = await stacksOf(program);
  const [first = ""] = stacks.keys();
  const stack = values.environment === undefined ? first : stackNamed(values.environment, stacks);
  const rendered = await renderFor({ ...program, stack });
  await print(envFile(rendered, chosen(name, appsIn(rendered))), values.output);
  return 0;
}

function chosen(name: string | undefined, apps: readonly string[]): string {
  const found = name === undefined && apps.length === 1 ? apps[0] : apps.find((app) => app === name);
  if (found) return found;
  const there = apps.join(", ") || "none";
  throw new UsageError(
    name === undefined ? `name one app; there: ${there}.` : `there is no app "${name}"; there: ${there}.`,
  );
}
