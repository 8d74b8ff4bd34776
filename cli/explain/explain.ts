import { readOptions } from "../options.ts";
import { type Program, programOf, programOptions } from "../program.ts";
import { renderFor } from "../renderFor.ts";
import { UsageError } from "../usage.ts";
import { type Explained, explained } from "./rows.ts";
import { stackNamed, stacksOf } from "./stacks.ts";
import { table } from "./table.ts";

const usage = `palier explain [options] [COMPONENT]

Prints every value that counts in each component, in each environment side by side: where it is from (an argument, the stack's
configuration, the environment's profile, or a default), the rules that guard it, and what another environment has instead. It
runs the program as palier render does, once for each Pulumi.<stack>.yaml whose name means an environment. Secrets are never in it.
  COMPONENT             only the component of this name
  --environment NAME    this environment's values, and those of others only where they differ
  --project FOLDER      where Pulumi.yaml is (default: .)
  --set KEY=VALUE       configuration that the stack files lack, such as shop:images.api=…; again for more
  --json                for other programs, with the levels of each rule

Exit code: 0 printed, 2 it could not be explained.`;

const options = {
  ...programOptions,
  environment: { type: "string" },
  json: { type: "boolean" },
} as const;

/** `palier explain`. Resolves to the exit code. */
export async function explain(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("explain", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UsageError("name one component, or none for all: palier explain api.");
  const program = programOf(values);
  const meant = await stacksOf(program);
  const all = [...meant.keys()];
  const asked = values.environment === undefined ? undefined : stackNamed(values.environment, meant);
  const found = only(explained(await environments(program, all)), name);
  const stacks = asked === undefined ? all : [asked];
  process.stdout.write(values.json ? `${JSON.stringify({ components: found }, null, 2)}\n` : table(found, stacks, all));
  return 0;
}

function environments(program: Program, stacks: readonly string[]) {
  const one = async (stack: string) => ({
    stack,
    components: (await renderFor({ ...program, stack })).components,
  });
  return Promise.all(stacks.map(one));
}

function only(components: readonly Explained[], name: string | undefined): readonly Explained[] {
  if (name === undefined) return components;
  const found = components.filter((component) => component.name === name);
  if (found.length > 0) return found;
  const names = components.map((component) => component.name).join(", ") || "none that Palier knows";
  throw new UsageError(`there is no component "${name}"; there: ${names}.`);
}
