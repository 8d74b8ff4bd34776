import * as pulumi from "@pulumi/pulumi";
import { type Aliases, type Stage, stageNames, stageOf, stages } from "../../core/stage.ts";
import { readAliases } from "../../core/stageAliases.ts";
import { ArgumentError } from "../argument.ts";

/** What an environment's name means; a name that means nothing is refused with those that do. */
export function meaningOf(path: string, name: string): Stage {
  const aliases = projectsOwn();
  const stage = (stages as readonly string[]).includes(name) ? (name as Stage) : stageOf(name, aliases);
  if (stage) return stage;
  const names = [...Object.values(stageNames).flat(), ...aliases.keys()].join(", ");
  throw new ArgumentError(
    path,
    `"${name}" stands for no environment; give one of ${names}, or pr-<number> for a review, ` +
      `or let palier:stages say what it means`,
  );
}

/** The names that the project has of its own, by its configuration. */
function projectsOwn(): Aliases {
  const { aliases, problems } = readAliases(new pulumi.Config("palier").get("stages"));
  if (problems.length > 0) throw new ArgumentError("palier:stages", problems.join("; "));
  return aliases;
}
