import type { Facts } from "./facts.ts";

/** What is checked before a change is asked for. */
export function beforeChange({ project, migrations }: Facts): string[] {
  const tried = migrations.map(
    ({ app, up }) => `The migration of \`${app}\` was tried on a database of one's own: \`${up}\`, and its way back.`,
  );
  return [
    "The tests pass on one's own machine: `npm test`.",
    "The branch is up to date with `main`: `git fetch && git rebase origin/main`.",
    ...tried,
    `Variables are there in each environment: \`npx palier env-example\`, and the stack files of ${project} are refused where one lacks.`,
    "`npx palier policy preview dev staging production` refuses nothing.",
    "The documents say what has changed.",
  ].map((line) => `- [ ] ${line}`);
}

/** An incident from its beginning to what is learnt of it. */
export const incident = [
  "**Detection**: an alert, whose runbook it links to, or somebody who says so. Note the time.",
  "**Qualification**: who can't do what, since when? Is it one app, a store, the cluster? See the state, ask for its health, read the errors.",
  "**Containment**: no release but the way back; if the last release is to blame, go back to the digest before.",
  "**Correction**: a fix goes the way of every release, through staging. A database is never taken back with an app.",
  "**Post-mortem**: within a week, without blame: what happened when, why it could, why nobody saw it, how long it took until it was over.",
  "**Improvement**: a test, a rule or an alert that would have caught it, with somebody's name and a date.",
].map((line, at) => `${at + 1}. ${line}`);
