import { writeFile } from "node:fs/promises";
import { readOptions } from "./options.ts";
import { pairs } from "./pairs.ts";
import { renderFor } from "./renderFor.ts";
import { UsageError } from "./usage.ts";

const usage = `palier render [options] STACK

Prints, as YAML, the Kubernetes objects that a program declares for a stack: without a cluster, an engine or a state, and the
same each time. Secrets are never in it. What only a provider could know, such as a digest that is yet to be built, is a
stand-in. Replicas are left to the autoscaler where there is one.
  STACK                its Pulumi.<stack>.yaml is read
  --project FOLDER     where Pulumi.yaml is (default: .)
  --set KEY=VALUE      configuration that the stack file lacks, such as shop:images.api=…; again for more
  --output FILE        where to write it (default: standard output)

Exit code: 0 printed, 2 it could not be rendered.`;

const text = { type: "string" } as const;

const options = {
  project: { ...text, default: "." },
  set: { type: "string", multiple: true },
  output: text,
  help: { type: "boolean", short: "h" },
} as const;

/** `palier render`. Resolves to the exit code. */
export async function renderStack(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("render", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stack, ...more] = positionals;
  if (stack === undefined || more.length > 0) throw new UsageError("name one stack: palier render staging.");
  const config = Object.fromEntries(pairs("--set", values.set));
  const rendered = await renderFor({ project: values.project, stack, config });
  const yaml = rendered.yaml();
  if (values.output) await writeFile(values.output, yaml);
  else process.stdout.write(yaml);
  return 0;
}
