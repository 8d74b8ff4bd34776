import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import type { Settings } from "../../core/rules/evaluate.ts";
import type { AnyRule, Given, Level } from "../../core/rules/rule.ts";
import type { Stage } from "../../core/stage.ts";
import { type Exemption, exemption } from "./exemption.ts";

const level = z.enum(["mandatory", "advisory", "off"]);
const levels = z.union([level, z.partialRecord(z.enum(["dev", "review", "staging", "production"]), level)]);

export interface RuleSettings extends Settings {
  readonly exemptions: readonly Exemption[];
}

/** What is set of the rules. */
export interface PackSettings {
  /** What is wrong with it, each with its place. */
  readonly problems: readonly string[];
  of(rule: AnyRule): RuleSettings;
}

/** What can be set of a rule. */
export function ruleSchema({ parameters, binding }: Pick<AnyRule, "parameters" | "binding">): z.ZodObject {
  const exempt = {
    exemptions: z.array(exemption).default([]).describe("where it does not count, by whom, why and until when"),
  };
  return z.strictObject({
    levels: levels.optional().describe("how much it counts: everywhere, or by environment"),
    ...(binding ? {} : exempt),
    ...parameters?.shape,
  });
}

/** Reads the configuration: a level or more under the name of a rule. What is wrong leaves the defaults. */
export function readSettings(rules: readonly AnyRule[], configuration: object): PackSettings {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const problems: string[] = [];
  const read = new Map<string, RuleSettings>();
  for (const [id, set] of Object.entries(configuration)) {
    const rule = known.get(id);
    if (!rule) {
      problems.push(`there is no rule "${id}". Rules: ${[...known.keys()].join(", ")}.`);
      continue;
    }
    const schema = ruleSchema(rule);
    const result = schema.safeParse(typeof set === "string" ? { levels: set } : set);
    if (result.success) read.set(id, settingsOf(rule, result.data));
    else problems.push(...result.error.issues.map((issue) => told(id, issue, schema)));
  }
  return { problems, of: (rule) => read.get(rule.id) ?? { levels: rule.levels, exemptions: [] } };
}

function settingsOf(rule: AnyRule, data: object): RuleSettings {
  const {
    levels: set,
    exemptions = [],
    ...given
  } = data as Given & {
    levels?: Level | object;
    exemptions?: Exemption[];
  };
  return { levels: levelsOf(rule, set), given: rule.parameters && given, exemptions };
}

function levelsOf({ levels: own }: AnyRule, set: Level | object | undefined): Settings["levels"] {
  if (typeof set !== "string") return { ...own, ...set };
  return Object.fromEntries(Object.keys(own).map((stage) => [stage, set])) as Record<Stage, Level>;
}

function told(rule: string, issue: z.core.$ZodIssue, schema: z.ZodObject): string {
  const place = [rule, ...issue.path].join(".");
  if (issue.code !== "unrecognized_keys") return `${place}: ${issue.message}.`;
  const allowed = issue.path.length > 0 ? "" : ` Allowed: ${Object.keys(schema.shape).join(", ")}.`;
  return `${place} has unknown ${issue.keys.map((key) => `"${key}"`).join(", ")}.${allowed}`;
}

/** What `pulumi` and editors are told; we check ourselves, as the SDK lets unknown keys pass. */
export function configSchema(rules: readonly AnyRule[]): PolicyConfigSchema {
  const name = jsonSchema(level);
  // Each start waits for this, so what many rules have is made once.
  const [common, binding] = [jsonSchema(ruleSchema({})), jsonSchema(ruleSchema({ binding: true }))];
  const schema = (rule: AnyRule) => {
    const base = rule.binding ? binding : common;
    const own = rule.parameters && jsonSchema(rule.parameters).properties;
    return { anyOf: [name, { ...base, properties: { ...base.properties, ...own } }] };
  };
  return { properties: Object.fromEntries(rules.map((rule) => [rule.id, schema(rule)])) } as PolicyConfigSchema;
}

function jsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "input" });
  return own;
}
