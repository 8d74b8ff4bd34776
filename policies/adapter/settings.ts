import { z } from "zod";
import type { Settings } from "../../core/rules/evaluate.ts";
import type { Given, Level, Rule } from "../../core/rules/rule.ts";
import type { Stage } from "../../core/stage.ts";
import { type Exemption, exemption } from "./exemption.ts";

const level = z.enum(["mandatory", "advisory", "off"]);
const levels = z.union([level, z.partialRecord(z.enum(["dev", "review", "staging", "production"]), level)]);

export interface RuleSettings extends Settings {
  readonly exemptions: readonly Exemption[];
}

/** What can be set of a rule under its name in the configuration of the pack. */
export function settingsSchema({ parameters }: Rule): z.ZodObject {
  return z.strictObject({
    levels: levels.optional().describe("how much it counts: everywhere, or by environment"),
    exemptions: z.array(exemption).default([]).describe("where it does not count, by whom, why and until when"),
    ...parameters?.shape,
  });
}

/** What is set, or what is wrong with it; then the defaults hold. */
export function readSettings(rule: Rule, configuration: unknown): { settings: RuleSettings; problems: string[] } {
  const schema = settingsSchema(rule);
  const read = schema.safeParse(configuration);
  if (!read.success) {
    return {
      settings: { levels: rule.levels, exemptions: [] },
      problems: read.error.issues.map((issue) => told(issue, schema)),
    };
  }
  const {
    levels: set,
    exemptions,
    ...given
  } = read.data as Given & { levels?: Level | object; exemptions: Exemption[] };
  return { settings: { levels: levelsOf(rule, set), given: rule.parameters && given, exemptions }, problems: [] };
}

function levelsOf({ levels: own }: Rule, set: Level | object | undefined): Settings["levels"] {
  if (typeof set !== "string") return { ...own, ...set };
  return Object.fromEntries(Object.keys(own).map((stage) => [stage, set])) as Record<Stage, Level>;
}

function told(issue: z.core.$ZodIssue, schema: z.ZodObject): string {
  if (issue.code === "unrecognized_keys") {
    const place = issue.path.length > 0 ? `${issue.path.join(".")} has ` : "";
    const allowed = issue.path.length > 0 ? "" : ` Allowed: enforcementLevel, ${Object.keys(schema.shape).join(", ")}.`;
    return `${place}unknown ${issue.keys.map((key) => `"${key}"`).join(", ")}.${allowed}`;
  }
  return `${issue.path.join(".") || "it"}: ${issue.message}.`;
}
