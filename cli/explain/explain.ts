import { readOptions } from "../options.ts";
import { pairs } from "../pairs.ts";
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

const text = { type: "string" } as const;

const options = {
  environment: text,
  project: { ...text, default: "." },
  set: { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
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
  const config = Object.fromEntries(pairs("--set", values.set));
  const meant = await stacksOf(values.project, config);
  const all = [...meant.keys()];
  const asked = values.environment === undefined ? undefined : stackNamed(values.environment, meant);
  const found = only(explained(await environments(values.project, all, config)), name);
  const stacks = asked === undefined ? all : [asked];
  process.stdout.write(values.json ? `${JSON.stringify({ components: found }, null, 2)}\n` : table(found, stacks, all));
  return 0;
}

function environments(project: string, stacks: readonly string[], config: Readonly<Record<string, string>>) {
  const one = async (stack: string) => ({
    stack,
    components: (await renderFor({ project, stack, config })).components,
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
