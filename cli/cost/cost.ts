import { stackNamed, stacksOf } from "../explain/stacks.ts";
import { readOptions } from "../options.ts";
import { type Program, programOf, programOptions } from "../program.ts";
import { renderFor } from "../renderFor.ts";
import { UsageError } from "../usage.ts";
import { readBefore } from "./against.ts";
import { compared } from "./compared.ts";
import { counted } from "./counted.ts";
import { partsRendered } from "./parts.ts";
import { readPrices } from "./prices.ts";
import { table } from "./table.ts";
import { told } from "./told.ts";

const usage = `palier cost [options]

Prints what each environment asks of a cluster, by component and in sum, from the fewest replicas to the most: CPU and memory by
the requests of its pods, storage by the claims of its volumes. It runs the program as palier render does, so it needs no
cluster, and knows nothing of what is used.
  --environment NAME   this environment only
  --prices FILE        in money too, by a YAML or JSON file of your own: currency, perCoreMonth or perCoreHour,
                       perMemoryGiBMonth, perStorageGiBMonth: { default: …, classes: { fast: … } }
  --against FILE       and how much more that is than it was: what palier cost --json printed at another revision, or what
                       pulumi stack export prints of the stack that is up
  --project FOLDER     where Pulumi.yaml is (default: .)
  --set KEY=VALUE      configuration that the stack files lack, such as shop:images.api=…; again for more
  --json               for other programs, and for --against

Jobs and cron tasks run for a share of the time that nobody has measured: each is told with what one run asks for, and is in no
sum. What says nothing of what it needs is named as not counted. Never counted: the pods that a rollout adds for a while, nodes
and what they keep for themselves, what operators and DaemonSets add, load balancers, traffic, backups outside of the cluster.

Exit code: 0 printed, 2 it could not be counted.`;

const text = { type: "string" } as const;

const options = {
  ...programOptions,
  environment: text,
  prices: text,
  against: text,
  json: { type: "boolean" },
} as const;

/** `palier cost`. Resolves to the exit code. */
export async function cost(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("cost", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0)
    throw new UsageError("palier cost takes options only: palier cost --environment staging.");
  const prices = values.prices === undefined ? undefined : await readPrices(values.prices);
  const before = values.against === undefined ? undefined : await readBefore(values.against);
  const program = programOf(values);
  const meant = await stacksOf(program);
  const name = values.environment ?? before?.stack;
  const only = name === undefined ? undefined : stackNamed(name, meant);
  const now = await Promise.all(
    (only === undefined ? [...meant.keys()] : [only]).map((stack) => ofStack(program, stack)),
  );
  const earlier = before?.environments.filter(({ environment }) => only === undefined || environment === only);
  const all = compared(now, earlier);
  process.stdout.write(values.json ? `${JSON.stringify(told(all, prices), null, 2)}\n` : table(all, prices));
  return 0;
}

async function ofStack(program: Program, stack: string) {
  return counted(stack, partsRendered(await renderFor({ ...program, stack })));
}
