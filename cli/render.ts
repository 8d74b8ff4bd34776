import { readOptions } from "./options.ts";
import { print } from "./print.ts";
import { programOf, programOptions } from "./program.ts";
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

const options = {
  ...programOptions,
  output: { type: "string" },
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
  const rendered = await renderFor({ ...programOf(values), stack });
  await print(rendered.yaml(), values.output);
  return 0;
}
