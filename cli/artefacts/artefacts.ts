import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readRun } from "../../render/project.ts";
import { stacksOf } from "../explain/stacks.ts";
import { readOptions } from "../options.ts";
import { programOf, programOptions } from "../program.ts";
import { renderFor } from "../renderFor.ts";
import { UsageError } from "../usage.ts";
import { files } from "./files.ts";
import { placeOf } from "./place.ts";
import { readCommands } from "./runbook/commands.ts";

const usage = `palier artefacts [options]

Writes what stands beside the cluster, made of what a project's stacks declare; it runs the program as palier render does, once
for each Pulumi.<stack>.yaml whose name means an environment. In a folder for each: a runbook with the commands that an operator
types (runbook.md), .env.example of every app, the addresses to watch from outside (monitoring-targets.json), the DNS records
(dns.json), vercel.json. Of all together: docker-compose.dev.yml, eas.json and mobile.yml for Expo. The program's
export "artefacts" says what its components don't: see palier.Artefacts. No secret is in any of them, and no host of
production's in what is made for another environment.
  --output FOLDER       where to write them
  --commands FILE       JSON of the commands that people typed before, which the runbook then tells the successors of:
                        [{ "before": "fly logs", "now": "logs" }], or "run" with a command of your own
  --project FOLDER      where Pulumi.yaml is (default: .)
  --set KEY=VALUE       configuration that the stack files lack, such as shop:images.api=…; again for more

Exit code: 0 written, 2 they could not be made.`;

const text = { type: "string" } as const;
const options = { ...programOptions, output: text, commands: text } as const;

/** `palier artefacts`. Resolves to the exit code. */
export async function artefacts(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("artefacts", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("name nothing: palier artefacts is about the whole project.");
  if (values.output === undefined) throw new UsageError("give --output FOLDER: there are several files.");
  const program = programOf(values);
  const commands = values.commands === undefined ? [] : await readCommands(values.commands);
  const stacks = [...(await stacksOf(program)).keys()];
  const { project } = readRun(program.project, stacks[0]!, program);
  const rendered = await Promise.all(stacks.map((stack) => renderFor({ ...program, stack })));
  const made = files(
    rendered.map((one) => placeOf(project, one)),
    commands,
  );
  for (const [file, content] of made) {
    const path = join(values.output, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    console.log(path);
  }
  return 0;
}
