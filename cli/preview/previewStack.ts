import { relative } from "node:path";
import { z } from "zod";
import type { AnyRule } from "../../core/rules/rule.ts";
import { themes } from "../../policies/themes.ts";
import { about, type Report, type Told } from "../formats/told.ts";
import { type PulumiRun, runPulumi } from "../stack/runPulumi.ts";
import { UsageError } from "../usage.ts";
import { placeInProgram } from "./placeInProgram.ts";
import { environmentOf, type Throwaway, writeStackFile } from "./throwaway.ts";

interface Packs {
  readonly pack: string;
  readonly packConfiguration?: string;
}

/** Previews a stack with the pack. Throws {@link UsageError} where the program itself fails. */
export async function previewStack(
  project: Throwaway,
  stack: string,
  { pack, packConfiguration }: Packs,
): Promise<Report> {
  const standIns = await writeStackFile(project, stack);
  await succeed(project, "stack", "init", stack);
  const secrets = new Map([...standIns, ...project.given.secrets]);
  await setAll(project, stack, "--secret", secrets);
  await setAll(project, stack, "--plaintext", new Map(project.given.settings), "--path");
  const configured = packConfiguration ? ["--policy-pack-config", packConfiguration] : [];
  const run = await pulumi(project, "preview", "--stack", stack, "--json", "--policy-pack", pack, ...configured);
  const events = run.output.split("\n").flatMap((line) => eventIn(line) ?? []);
  const told = events.flatMap(({ policyEvent }) => (policyEvent ? [toldOf(policyEvent, project)] : []));
  const errors = events.flatMap(({ diagnosticEvent: one }) => (one?.severity === "error" ? [one.message.trim()] : []));
  const refused = errors.flatMap((message) => message.split("\n")).flatMap((line) => refusal(line, project) ?? []);
  const report = { told: [...told, ...refused], exemptions: [], problems: [], environment: stack };
  if (run.code === 0 || report.told.some(({ level }) => level === "mandatory")) return report;
  throw new UsageError(
    `${stack} can't be previewed:\n${[...new Set(errors), run.errors.trim()].filter(Boolean).join("\n")}`,
  );
}

const event = z.object({
  policyEvent: z
    .object({
      resourceUrn: z.string().default(""),
      message: z.string(),
      policyName: z.string(),
      enforcementLevel: z.string(),
    })
    .optional(),
  diagnosticEvent: z.object({ message: z.string(), severity: z.string() }).optional(),
});

function eventIn(line: string): z.infer<typeof event> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return event.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

const known = new Map<string, AnyRule>(themes.flatMap(({ rules }) => rules).map((rule) => [rule.id, rule]));

function toldOf(
  { policyName, message, resourceUrn, enforcementLevel }: NonNullable<z.infer<typeof event>["policyEvent"]>,
  project: Throwaway,
): Told {
  const [description = "", ...rest] = message.trim().split("\n");
  const rule = known.get(policyName);
  const text = rest.join("\n").trim() || description;
  const place = placeInProgram(project.program, text, resourceUrn);
  return {
    ...(rule ? about(rule) : { rule: policyName, description, why: description, severity: "low", frameworks: [] }),
    level: enforcementLevel === "mandatory" ? "mandatory" : "advisory",
    text,
    file: relative(process.cwd(), place?.file ?? `${project.source}/Pulumi.yaml`),
    line: place?.line ?? 1,
    logical: resourceUrn,
  };
}

/** What one of our components says that refuses by a rule of its own, before the pack could see it. */
function refusal(line: string, project: Throwaway): Told | undefined {
  const [, id = "", text = ""] = /^([a-z0-9-]+): (.+)$/.exec(line) ?? [];
  const rule = known.get(id);
  if (!rule) return undefined;
  const place = placeInProgram(project.program, text, "") ?? { file: `${project.source}/Pulumi.yaml`, line: 1 };
  return {
    ...about(rule),
    level: "mandatory",
    text,
    file: relative(process.cwd(), place.file),
    line: place.line,
    logical: id,
  };
}

/** Many in one go: each process of pulumi takes a second. */
async function setAll(
  project: Throwaway,
  stack: string,
  as: "--secret" | "--plaintext",
  values: ReadonlyMap<string, string>,
  ...options: string[]
): Promise<void> {
  const all = [...values].flatMap(([key, value]) => [as, `${key}=${value}`]);
  if (all.length > 0) await succeed(project, "config", "set-all", "--stack", stack, ...options, ...all);
}

async function succeed(project: Throwaway, ...args: string[]): Promise<void> {
  const { code, errors } = await pulumi(project, ...args);
  // The last argument may be a secret.
  if (code !== 0)
    throw new UsageError(`pulumi ${args.slice(0, 2).join(" ")}: ${errors.trim() || `it ended with ${code}`}`);
}

function pulumi(project: Throwaway, ...args: string[]): Promise<PulumiRun> {
  const env = { ...environmentOf(project), PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
  return runPulumi({ folder: project.folder, env }, args);
}
