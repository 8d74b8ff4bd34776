import { readRun } from "../../render/project.ts";
import { explained } from "../explain/rows.ts";
import { stacksOf } from "../explain/stacks.ts";
import { readOptions } from "../options.ts";
import { print } from "../print.ts";
import { programOf, programOptions } from "../program.ts";
import { renderFor } from "../renderFor.ts";
import { UsageError } from "../usage.ts";
import { page } from "./page.ts";
import { stackPicture } from "./stackPicture.ts";

const usage = `palier picture [options]

Prints one HTML page of a project's stacks, which needs no network and no script: its components and links, who may reach what by
the network policies, sizes, the rules that guard each component, and the environments side by side. It runs the program as
palier render does, once for each Pulumi.<stack>.yaml whose name means an environment. Secrets are never in it.
  --project FOLDER      where Pulumi.yaml is (default: .)
  --set KEY=VALUE       configuration that the stack files lack, such as shop:images.api=…; again for more
  --output FILE         where to write it (default: standard output)

Exit code: 0 printed, 2 it could not be made.`;

const options = {
  ...programOptions,
  output: { type: "string" },
} as const;

/** `palier picture`. Resolves to the exit code. */
export async function picture(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("picture", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("name nothing: palier picture shows the whole project.");
  const program = programOf(values);
  const names = [...(await stacksOf(program)).keys()];
  const rendered = await Promise.all(names.map((stack) => renderFor({ ...program, stack })));
  const { project } = readRun(program.project, names[0]!, program);
  await print(page({ project, stacks: rendered.map(stackPicture), components: explained(rendered) }), values.output);
  return 0;
}
