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
    const runs = known.some(({ words }) => migrates(words));
    const image = pod.containers.some(({ field }) => tools.test(field.at("image").text ?? ""));
    const places = [object.root.at("metadata", "annotations"), pod.metadata.at("annotations")];
    const stated = places.map((annotations) => annotations.at(rollbackAnnotation));
    if (stated.some(({ text }) => text !== undefined && text.trim() !== "")) return [];
    const late = stated.find(({ unknown }) => unknown);
    if (!runs && !image) {
      const job = object.kind === "Job" ? open[0] : undefined;
      return job ? [notDecided(job.field, job.container)] : [];
    }
    if (late) return [notDecided(late)];
    const fix =
      'write the command that takes it back, such as "node migrate.ts down", or "restore" for the last backup';
    return [finding(stated[0]!, { problem: "is not set, though a migration runs", fix })];
  },
};

const names =
  /^(\w+[:._-])*(migrate|migrations?|alembic|flyway|liquibase|dbmate|goose|knex|sequelize(-cli)?)([:._-]\w+)*(\.(ts|js|mjs|cjs|py|rb|sh|php))?$/i;
const back = /^(down|downgrade|rollback|undo|undo:\w+|revert|status|current|history|info|validate|check|--help)$/i;

/** Images that do nothing else. */
const tools = /(^|\/)(flyway|liquibase|dbmate|goose|migrate|atlas)\b/;

/** A schema is brought forward: `alembic upgrade head`, `prisma migrate deploy`, `node migrate.ts up`. */
function migrates(words: readonly string[]): boolean {
  const folder = /\/migrations?$/;
  const index = words.findIndex(
    (word) => names.test(word.split("/").at(-1) ?? "") && !/^-/.test(word) && !folder.test(word),
  );
  return index >= 0 && !words.slice(index, index + 4).some((word) => back.test(word.split(":").at(-1) ?? ""));
}
