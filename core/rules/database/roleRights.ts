import { finding } from "../finding.ts";
import { judge, refuseIf } from "../judge.ts";
import { fromStagingOn } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Rule } from "../rule.ts";

const rights = ["superuser", "createRole", "createDatabase", "bypassRowLevelSecurity", "replication"];

const about = {
  id: "database-role-is-modest",
  description: "A Postgres role has the rights of its app: it is no superuser, makes no roles, and is not granted all.",
  why: "One injected query of the app then reads, changes and drops everything in every database of the server.",
  severity: "high",
  levels: fromStagingOn,
  demands: ["R-40", "R-44"],
} as const;

const roles = objectRule(about, ["PostgresqlRole"], (root) =>
  rights.flatMap((right) => {
    const words = { problem: "is more than an app needs", fix: "leave it out, and grant what is needed" };
    return refuseIf(root.at(right), (text) => text === "true", words);
  }),
);

const grants = objectRule(about, ["PostgresqlGrant"], (root) =>
  root
    .at("privileges")
    .items()
    .flatMap((privilege) =>
      judge(privilege, ({ text }) =>
        /^all( privileges)?$/i.test(text ?? "")
          ? [finding(privilege, { problem: "grants all there is", fix: "name SELECT, INSERT and so on", value: text })]
          : [],
      ),
    ),
);

export const modestRoles: Rule = {
  ...about,
  kinds: ["PostgresqlRole", "PostgresqlGrant"],
  check: (subject) => [...roles.check(subject), ...grants.check(subject)],
};
