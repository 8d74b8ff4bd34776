import { finding, notDecided } from "../finding.ts";
import { notInDev } from "../levels.ts";
import { data, settings } from "../reading/settings.ts";
import type { Finding, Rule } from "../rule.ts";
import { commands, programWords } from "./programWords.ts";

const words = {
  problem: "changes the schema without a migration, and may drop what it holds",
  fix: "run prisma migrate deploy",
};

export const noPrismaPush: Rule = {
  id: "no-prisma-db-push",
  description: "No schema is pushed or reset by Prisma: only migrations that are kept in the code change it.",
  why: "A push makes the database like the schema at any price: columns and their data are dropped, and nothing leads back.",
  severity: "critical",
  levels: notInDev,
  demands: ["R-53"],
  check: ({ object, inventory }) => {
    const { known, open } = commands(object);
    const run = known.flatMap(({ words: line, field, container }) => {
      const value = pushIn(line);
      return value === undefined ? [] : [finding(field, { ...words, value }, container)];
    });
    const variables = settings(object, inventory).filter(({ source }) => source === "variable");
    const texts = [...variables, ...data(object).map((value) => ({ name: value.key, value, container: undefined }))];
    const kept = texts.flatMap(({ value, container }) => {
      const found = pushIn(programWords(value.text ?? ""));
      return found === undefined ? [] : [finding(value, { ...words, value: found }, container)];
    });
    const undecided: Finding[] = [
      ...open.map(({ field, container }) => notDecided(field, container)),
      ...texts
        .filter(({ name, value }) => value.unknown && (name === undefined || mayRun.test(name)))
        .map(({ value, container }) => notDecided(value, container)),
    ];
    return [...run, ...kept, ...undecided];
  },
};

/** Names of what is run; a whole map has none, and is called by its own. */
const mayRun = /command|cmd|script|\.sh$|entrypoint|^(data|stringData|binaryData)$/i;

/** The words by which Prisma is told to change the schema by force; npm scripts that are named after them too. */
function pushIn(line: readonly string[]): string | undefined {
  for (const [index, word] of line.entries()) {
    if (/^(prisma:)?(prisma|db|migrate)(:\w+)*:(push|reset|dev)$/.test(word) && isRunner(line, index)) return word;
    if (!isPrisma(word)) continue;
    const [first, second] = line.slice(index + 1).filter(isNoOption(line.slice(index + 1)));
    if (first === "push") return "prisma push";
    if (first === "db" && second === "push") return "prisma db push";
    if (first === "migrate" && (second === "reset" || second === "dev")) return `prisma migrate ${second}`;
  }
  return undefined;
}

function isPrisma(word: string): boolean {
  return /(^|\/)prisma(@[\w.^~-]+)?$|(^|\/)prisma\/build\/index\.js$/.test(word);
}

/** `npm run db:push`: what it runs is not seen, but its name tells. */
function isRunner(line: readonly string[], index: number): boolean {
  return line.slice(Math.max(0, index - 2), index).some((word) => /^(npm|pnpm|yarn|bun|run)$/.test(word));
}

/** Options and the values that follow them may stand before the command. */
function isNoOption(rest: readonly string[]): (word: string, index: number) => boolean {
  return (word, index) => {
    const before = rest[index - 1] ?? "";
    const value = /^--?\w/.test(before) && !before.includes("=") && !/^(db|push|migrate|reset|dev)$/.test(word);
    return !word.startsWith("-") && !value;
  };
}
