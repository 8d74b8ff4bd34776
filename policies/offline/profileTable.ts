import { isDeepStrictEqual } from "node:util";
import type { Settings } from "../../core/rules/evaluate.ts";
import type { AnyRule, Level } from "../../core/rules/rule.ts";
import { type Stage, stages } from "../../core/stage.ts";
import { readSettings } from "../adapter/settings.ts";
import type { Profile } from "../profiles/profile.ts";

const words: Record<Level, string> = { mandatory: "refused", advisory: "advised", off: "off" };
/** Of so many rules with the same change, each is named. */
const mostNamed = 30;

/** The profiles as a section of Markdown: what each is for, and the rules that it changes. */
export function profileTable(profiles: Readonly<Record<string, Profile>>, rules: readonly AnyRule[]): string[] {
  const rows = Object.entries(profiles).map(([name, profile]) => {
    const { of } = readSettings({ rules, profiles }, { profile: name });
    const changes = Map.groupBy(rules, (rule) => change(rule, of(rule)));
    changes.delete("");
    const told = [...changes].map(([what, of]) => `${what}: ${listed(of)}`);
    return `| \`${name}\` | ${profile.description} | ${told.join("; ")} |`;
  });
  return [
    "## Profiles",
    "",
    'Sets of choices by one name: `{"rules": {"profile": "restricted"}}`. What a profile does not name stays as in the table above.',
    "",
    "| profile | what it is | what differs |",
    "|---|---|---|",
    ...rows,
  ];
}

/** `refused in staging, production`: the environments in which it is not what it was. Empty for what stays. */
function change({ levels: own, parameters }: AnyRule, set: Settings): string {
  const differing = stages.filter((stage) => set.levels[stage] !== own[stage]);
  const at = Map.groupBy(differing, (stage: Stage) => set.levels[stage]);
  const levels = [...at].map(([level, where]) =>
    level === "off" && stages.every((stage) => set.levels[stage] === "off")
      ? "off"
      : `${words[level]} in ${where.join(", ")}`,
  );
  const isSet = set.given && !isDeepStrictEqual(set.given, parameters?.parse({}));
  return [...levels, ...(isSet ? ["with parameters of its own"] : [])].join(", ");
}

function listed(rules: readonly AnyRule[]): string {
  if (rules.length > mostNamed) return `${rules.length} rules`;
  return rules.map(({ id }) => `[${id}](#${id})`).join(", ");
}
