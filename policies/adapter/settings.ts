import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import type { Settings } from "../../core/rules/evaluate.ts";
import { namedRules } from "../../core/rules/notDecided.ts";
import type { AnyRule, Given, Level } from "../../core/rules/rule.ts";
import { type Stage, stages } from "../../core/stage.ts";
import type { Profile } from "../profiles/profile.ts";
import { type Exemption, exemption } from "./exemption.ts";

const isStage = (key: string) => (stages as readonly string[]).includes(key);
const level = z.enum(["mandatory", "advisory", "off"]);
const levels = z.union([level, z.partialRecord(z.enum(stages), level)]);

export interface RuleSettings extends Settings {
  readonly exemptions: readonly Exemption[];
}

/** What is set of the rules. */
export interface PackSettings {
  /** What is wrong with it, each with its place. */
  readonly problems: readonly string[];
  /** How many rules are named with a field that they left open. */
  readonly named: number;
  of(rule: AnyRule): RuleSettings;
}

const named = z.int().min(1).default(namedRules).describe("how many rules are named with a field that they left open");

const schemas = new WeakMap<AnyRule, z.ZodObject>();

/** Made when somebody sets something of the rule, and once. */
function schemaOf(rule: AnyRule): z.ZodObject {
  const schema = schemas.get(rule) ?? ruleSchema(rule);
  schemas.set(rule, schema);
  return schema;
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

/** What a pack knows: its rules, and sets of choices among them. */
export interface Known {
  readonly rules: readonly AnyRule[];
  readonly profiles: Readonly<Record<string, Profile>>;
}

/**
 * Reads the configuration: a profile by its name, and a level or more under the name of a rule, which goes before the
 * profile's. What is wrong leaves the defaults.
 */
export function readSettings({ rules, profiles }: Known, configuration: object): PackSettings {
  const { profile, named: set, ...own } = configuration as Readonly<Record<string, unknown>>;
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const problems: string[] = [];
  const count = named.safeParse(set);
  if (!count.success) problems.push(`named: ${count.error.issues[0]!.message}.`);
  const chosen = profile === undefined ? {} : choicesOf(profile, profiles, problems);
  const read = new Map<string, RuleSettings>();
  for (const [id, set] of Object.entries({ ...chosen, ...own })) {
    const rule = known.get(id);
    if (!rule) {
      problems.push(`there is no rule "${id}". Rules: ${[...known.keys()].join(", ")}.`);
      continue;
    }
    const schema = schemaOf(rule);
    const result = schema.safeParse(merged(choiceOf(chosen[id]), choiceOf(set)));
    if (result.success) read.set(id, settingsOf(rule, result.data));
    else problems.push(...result.error.issues.map((issue) => told(id, issue, schema)));
  }
  for (const { id, levels } of rules) if (!read.has(id)) read.set(id, { levels, exemptions: [] });
  return { problems, named: count.data ?? namedRules, of: ({ id }) => read.get(id)! };
}

function choicesOf(name: unknown, profiles: Known["profiles"], problems: string[]): Profile["rules"] {
  const profile = typeof name === "string" && Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  const names = Object.keys(profiles).join(", ");
  if (!profile) problems.push(`profile: there is no ${JSON.stringify(name)}. Profiles: ${names}.`);
  return profile?.rules ?? {};
}

/** A level, or levels by environment, is short for an object that holds nothing else. */
function choiceOf(set: unknown): unknown {
  if (typeof set === "string") return { levels: set };
  if (typeof set !== "object" || set === null) return set;
  const isLevels = Object.keys(set).length > 0 && Object.keys(set).every((key) => isStage(key));
  return isLevels ? { levels: set } : set;
}

function merged(profile: unknown, own: unknown): unknown {
  if (typeof profile !== "object" || typeof own !== "object" || own === null) return own;
  const levels = [profile, own].map((one) => (one as { levels?: unknown }).levels);
  const both = levels.every((one) => typeof one === "object" && one !== null);
  const together = both ? { levels: Object.assign({}, ...levels) } : {};
  return { ...profile, ...own, ...together };
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
export function configSchema({ rules, profiles }: Known): PolicyConfigSchema {
  const short = jsonSchema(levels);
  // Each start waits for this, so what many rules have is made once.
  const [common, binding] = [jsonSchema(ruleSchema({})), jsonSchema(ruleSchema({ binding: true }))];
  const schema = (rule: AnyRule) => {
    const base = rule.binding ? binding : common;
    const own = rule.parameters && jsonSchema(rule.parameters).properties;
    return { anyOf: [short, { ...base, properties: { ...base.properties, ...own } }] };
  };
  const profile = { type: "string", enum: Object.keys(profiles), description: "what is set of rules for a purpose" };
  const byRule = rules.map((rule) => [rule.id, schema(rule)]);
  return { properties: { profile, named: jsonSchema(named), ...Object.fromEntries(byRule) } } as PolicyConfigSchema;
}

function jsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...own } = z.toJSONSchema(schema, { io: "input" });
  return own;
}
