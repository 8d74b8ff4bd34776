import { rollbackAnnotation } from "../../labels.ts";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { podOf } from "../pods/podRule.ts";
import type { Rule } from "../rule.ts";
import { commands } from "./programWords.ts";

export const rollbackDeclared: Rule = {
  id: "migration-rollback-declared",
  description: `What migrates a schema says how that is taken back, in the annotation ${rollbackAnnotation}.`,
  why: "When a release fails at night, nobody has the time to find out whether its migration can be undone.",
  severity: "high",
  levels: fromStagingOn,
  demands: ["R-13", "R-04"],
  check: ({ object }) => {
    const pod = podOf({ object });
    if (!pod || object.partial) return [];
    const { known, open } = commands(object);
    const program = known.map(({ words }) => migrator(words)).find((found) => found !== undefined);
    const images = pod.containers.map(({ field }) => field.at("image").text ?? "");
    const image = images.find((name) => /(^|\/)(flyway|liquibase|dbmate|goose|migrate|atlas)\b/.test(name));
    const places = [object.root.at("metadata", "annotations"), pod.metadata.at("annotations")];
    const stated = places.map((annotations) => annotations.at(rollbackAnnotation));
    if (stated.some(({ text }) => text !== undefined && text.trim() !== "")) return [];
    const late = stated.find(({ unknown }) => unknown);
    if (program === undefined && image === undefined) {
      const job = object.kind === "Job" ? open[0] : undefined;
      return job ? [notDecided(job.field, job.container)] : [];
    }
    if (late) return [notDecided(late)];
    const fix =
      'write the command that takes it back, such as "node migrate.ts down", or "restore" for the last backup';
    return [finding(stated[0]!, { problem: `is not set, though ${program ?? image} changes the schema`, fix })];
  },
};

const names =
  /^(\w+[:._-])*(migrate|migrations?|alembic|flyway|liquibase|dbmate|goose|knex|sequelize(-cli)?)([:._-]\w+)*(\.(ts|js|mjs|cjs|py|rb|sh|php))?$/i;
const back = /^(down|downgrade|rollback|undo|undo:\w+|revert|status|current|history|info|validate|check|--help)$/i;

/** The program that brings a schema forward: `alembic`, `prisma migrate deploy`, `node migrate.ts up`. */
function migrator(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => names.test(word.split("/").at(-1) ?? "") && !word.startsWith("-"));
  if (index < 0) return undefined;
  const next = words.slice(index, index + 4).some((word) => back.test(word.split(":").at(-1) ?? ""));
  return next ? undefined : words[index]?.split("/").at(-1);
}
