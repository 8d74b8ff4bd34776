import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { formatNamed } from "../formatNamed.ts";
import { formats } from "../formats/report.ts";
import { refuses } from "../formats/told.ts";
import { readOptions } from "../options.ts";
import { pairs } from "../pairs.ts";
import { UsageError } from "../usage.ts";
import { previewStack } from "./previewStack.ts";
import { throwawayProject } from "./throwaway.ts";

const usage = `palier policy preview [options] STACK…

Previews stacks with the policy pack, in a state of its own that is thrown away, and without a cluster: for a pull request.
  STACK                the environments: their Pulumi.<stack>.yaml is read, and nothing in the project is written
  --project FOLDER     where Pulumi.yaml is (default: .)
  --set KEY=VALUE      configuration that the stack files lack, as pulumi config set --path takes it; again for more
  --secret KEY=VALUE   a stand-in for a secret that the stack files lack; again for more
  --policy-pack FOLDER another pack than Palier's; its configuration is --policy-pack-config FILE
  --format FORMAT      ${Object.keys(formats).join(", ")} (default: text)
  --output FILE        where to write it (default: standard output)

Secure values of the stack files can't be read without their passphrase, so a stand-in takes their place.
It runs the pulumi that is on PATH. Exit code: 0 nothing is refused, 1 something is, 2 it could not be previewed.`;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;

const options = {
  project: { ...text, default: "." },
  set: texts,
  secret: texts,
  "policy-pack": text,
  "policy-pack-config": text,
  format: { ...text, default: "text" },
  output: text,
  help: { type: "boolean", short: "h" },
} as const;

/** `palier policy preview`. Resolves to the exit code. */
export async function policyPreview(argv: string[]): Promise<number> {
  const { values, positionals: stacks } = readOptions("policy preview", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const format = formatNamed(values.format);
  if (stacks.length === 0)
    throw new UsageError("name the stacks to preview: palier policy preview staging production.");
  const given = { settings: pairs("--set", values.set), secrets: pairs("--secret", values.secret) };
  const pack = resolve(values["policy-pack"] ?? ownPack());
  const packConfiguration = values["policy-pack-config"];
  const project = await throwawayProject(resolve(values.project), given);
  try {
    const reports = await inTurn(stacks, (stack) =>
      previewStack(project, stack, { pack, packConfiguration: packConfiguration && resolve(packConfiguration) }),
    );
    const written = formats[format](reports);
    if (values.output) await writeFile(values.output, `${written}\n`);
    else console.log(written);
    if (values.output && format !== "text") console.log(formats.text(reports));
    return reports.some(refuses) ? 1 : 0;
  } finally {
    await project.remove();
  }
}

/** The pack beside this program: in the repository, and in the package. */
function ownPack(): string {
  return resolve(import.meta.dirname, "../../policies");
}

async function inTurn<From, To>(list: readonly From[], each: (one: From) => Promise<To>): Promise<To[]> {
  const done: To[] = [];
  for (const one of list) done.push(await each(one));
  return done;
}
