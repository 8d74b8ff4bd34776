import type { Stage } from "../core/stage.ts";
import { UnknownStageError } from "../core/stage.ts";
import { check } from "../policies/offline/check.ts";
import { rules } from "../policies/themes.ts";
import { formatNamed } from "./formatNamed.ts";
import { formats } from "./formats/report.ts";
import { refuses, reportOf } from "./formats/told.ts";
import { readConfiguration, readInputs } from "./inputs.ts";
import { meaningOf } from "./meaning.ts";
import { readOptions } from "./options.ts";
import { UsageError } from "./usage.ts";

const usage = `palier policy check [options] [FILE…]

Judges Kubernetes objects by the pack's rules, without an engine.
  FILE                 YAML or JSON manifests, or a folder of them; - or nothing is standard input
  --state FILE         what pulumi stack export printed; the environment is then the stack's name
  --namespace NAME     the objects of a live namespace, read by kubectl; --context names the cluster
  --context NAME       kube context; nothing is ever read from a cluster that is not named
  --environment NAME   dev, staging, production, pr-<number>, or another name of one (default: production)
  --project FOLDER     whose Pulumi.yaml or stack file says what names of its own mean (default: ., where it has one)
  --config FILE        the pack's configuration: {"rules": {…}}
  --format FORMAT      ${Object.keys(formats).join(", ")} (default: text)

Exit code: 0 nothing is refused, 1 something is, 2 what was given can't be used.`;

const text = { type: "string" } as const;

const options = {
  state: text,
  namespace: text,
  context: text,
  environment: text,
  project: text,
  config: text,
  format: { ...text, default: "text" },
  help: { type: "boolean", short: "h" },
} as const;

/** `palier policy check`. Resolves to the exit code. */
export async function policyCheck(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("policy check", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const format = formatNamed(values.format);
  const { items, stack } = await readInputs({ ...values, files: positionals });
  const environment = values.environment ?? stack ?? "production";
  const stage = stageNamed(environment, values);
  const configuration = values.config ? await readConfiguration(values.config) : {};
  const review = stage === "review" ? environment.toLowerCase() : undefined;
  const report = reportOf(check(rules, { items, stage, review, configuration }), stage, items.length);
  console.log(formats[format]([report]));
  return refuses(report) ? 1 : 0;
}

/** A stack by a name of its own is held to the strictest, as the pack does; a name that was typed must mean something. */
function stageNamed(name: string, { environment, project }: { environment?: string; project?: string }): Stage {
  const stage = meaningOf(name, project);
  if (stage === undefined && environment !== undefined) throw new UsageError(new UnknownStageError(name).message);
  return stage ?? "production";
}
