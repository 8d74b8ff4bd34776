import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { profiles } from "../../policies/profiles/index.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { githubWorkflow } from "./github.ts";
import { gitlabPipeline } from "./gitlab.ts";
import { jobsOf } from "./jobs.ts";
import { type PipelineSpec, pipelineSpec } from "./spec.ts";

const usage = `palier pipeline [options]

Makes a system's pipeline: checks, one build, staging, verify, approval, production, verify, who is told, and the way back.
  --for SYSTEM              github (default) or gitlab
  --spec FILE               what the system's own commands and budgets are (default: pipeline.yaml beside Pulumi.yaml)
  --output FOLDER           writes the files there (default: prints the pipeline)
  --project FOLDER          where Pulumi.yaml is (default: .)

Exit code: 0 made, 2 what was given can't be used.`;

const text = { type: "string" } as const;
const options = {
  for: { ...text, default: "github" },
  spec: text,
  output: text,
  project: { ...text, default: "." },
  help: { type: "boolean", short: "h" },
} as const;

/** `palier pipeline`. Resolves to the exit code. */
export async function pipeline(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("pipeline", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError("palier pipeline takes options alone: --for github or gitlab.");
  const project = join(values.project, "Pulumi.yaml");
  const { name: system } = checked(z.looseObject({ name: z.string() }), await yamlIn(project), project);
  const file = values.spec ?? join(values.project, "pipeline.yaml");
  const spec = checked(pipelineSpec, await yamlIn(file), file);
  refuseUnproven(spec, file);
  const files = pipelineFiles(system, spec);
  const chosen = values.for === "github" ? "deploy.yml" : values.for === "gitlab" ? "gitlab-ci.yml" : undefined;
  if (!chosen) throw new UsageError(`--for "${values.for}". Allowed: github, gitlab.`);
  if (!values.output) {
    process.stdout.write(files[chosen]!);
    return 0;
  }
  await mkdir(values.output, { recursive: true });
  const other = chosen === "deploy.yml" ? "gitlab-ci.yml" : "deploy.yml";
  for (const [name, content] of Object.entries(files).filter(([name]) => name !== other)) {
    await writeFile(join(values.output, name), content);
    console.log(join(values.output, name));
  }
  return 0;
}

/** All files of a system's pipeline, by their names. */
export function pipelineFiles(system: string, spec: PipelineSpec): Record<string, string> {
  const jobs = jobsOf(system, spec);
  const secrets = [...new Set(jobs.flatMap((job) => job.secrets))].sort();
  const head = `# Made by palier pipeline from pipeline.yaml; edit that one. Secrets that it takes: ${secrets.join(", ")}.\n`;
  return {
    "deploy.yml": head + githubWorkflow(system, spec, jobs),
    "gitlab-ci.yml": `${head}# RECORDS_TOKEN, of the project, writes the branch of the release records.\n${gitlabPipeline(system, spec, jobs)}`,
  };
}

/** A gate that the rules ask for and no step proves would stop every release. */
function refuseUnproven(spec: PipelineSpec, file: string): void {
  const profile = profiles[spec.profile];
  if (!profile)
    throw new UsageError(
      `${file}: profile: there is no "${spec.profile}". Profiles: ${Object.keys(profiles).join(", ")}.`,
    );
  const set = profile.rules["release-gates"];
  const required = typeof set === "object" && "required" in set ? (set.required as string[]) : [];
  const steps = [...Object.values(spec.checks).flatMap((check) => check.steps), ...spec.staging.steps];
  const proven = new Set(["scan", ...steps.map(({ gate }) => gate as string | undefined)]);
  const missing = required.filter((gate) => !proven.has(gate));
  if (missing.length > 0)
    throw new UsageError(
      `${file}: the profile ${spec.profile} asks for ${missing.join(", ")}, and no step proves it: gate: ${missing[0]}.`,
    );
}

async function yamlIn(file: string): Promise<unknown> {
  const content = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} is not there.`);
  });
  try {
    return parse(content);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message.split("\n")[0]}`);
  }
}

function checked<Shape extends z.ZodType>(shape: Shape, value: unknown, file: string): z.infer<Shape> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const told = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new UsageError(`${file}: ${told.join("; ")}.`);
}
