import { readdir } from "node:fs/promises";
import { type Aliases, type Stage, stageOf, stages } from "../../core/stage.ts";
import { readAliases } from "../../core/stageAliases.ts";
import { readRun } from "../../render/project.ts";
import type { Program } from "../program.ts";
import { UsageError } from "../usage.ts";

interface Stack {
  /** What its name means. */
  readonly stage: Stage;
  /** What other names mean by its configuration. */
  readonly aliases: Aliases;
}

/** The stacks of a project by their names. */
export type Stacks = ReadonlyMap<string, Stack>;

/** The stacks of a project whose names mean an environment, from dev to production. */
export async function stacksOf({ project: folder, config }: Program): Promise<Stacks> {
  const files = await readdir(folder).catch(() => {
    throw new UsageError(`${folder} is not there.`);
  });
  const found = files.flatMap((file) => {
    const name = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
    if (name === undefined) return [];
    const { aliases } = readAliases(readRun(folder, name, { config }).config["palier:stages"]);
    const stage = stageOf(name, aliases);
    return stage ? [[name, { stage, aliases }] as const] : [];
  });
  if (found.length === 0) throw new UsageError(`${folder} has no Pulumi.<stack>.yaml of an environment.`);
  const order = ({ stage }: Stack) => stages.indexOf(stage);
  return new Map(found.sort(([a, one], [b, other]) => order(one) - order(other) || (a < b ? -1 : 1)));
}

/** The one that is meant, by its name or by what it means. */
export function stackNamed(name: string, stacks: Stacks): string {
  if (stacks.has(name)) return name;
  const [found] = [...stacks].find(([, { stage, aliases }]) => stage === stageOf(name, aliases)) ?? [];
  if (found !== undefined) return found;
  throw new UsageError(`there is no environment "${name}"; there: ${[...stacks.keys()].join(", ")}.`);
}
