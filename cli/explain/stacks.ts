import { readdir } from "node:fs/promises";
import { type Stage, stageOf, stages } from "../../core/stage.ts";
import { readAliases } from "../../core/stageAliases.ts";
import { readRun } from "../../render/project.ts";
import type { Program } from "../program.ts";
import { UsageError } from "../usage.ts";

/** What the stacks of a project mean, by their names. */
export type Stacks = ReadonlyMap<string, Stage>;

/** The stacks of a project whose names mean an environment, from dev to production. */
export async function stacksOf({ project: folder, config }: Program): Promise<Stacks> {
  const files = await readdir(folder).catch(() => {
    throw new UsageError(`${folder} is not there.`);
  });
  const found = files.flatMap((file) => {
    const name = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
    const stage = name === undefined ? undefined : meaning(folder, name, config);
    return stage ? [[name!, stage] as const] : [];
  });
  if (found.length === 0) throw new UsageError(`${folder} has no Pulumi.<stack>.yaml of an environment.`);
  return new Map(found.sort(([a, one], [b, other]) => stages.indexOf(one) - stages.indexOf(other) || (a < b ? -1 : 1)));
}

function meaning(folder: string, stack: string, config: Readonly<Record<string, string>>): Stage | undefined {
  const own = readRun(folder, stack, { config }).config["palier:stages"];
  return stageOf(stack, readAliases(own).aliases);
}

/** The one that is meant, by its name or by what it means. */
export function stackNamed(name: string, stacks: Stacks): string {
  const names = [...stacks.keys()];
  const found = names.find((stack) => stack === name) ?? names.find((stack) => stacks.get(stack) === stageOf(name));
  if (found) return found;
  throw new UsageError(`there is no environment "${name}"; there: ${names.join(", ")}.`);
}
