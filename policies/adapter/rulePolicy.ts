import type {
  EnforcementLevel,
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
} from "@pulumi/policy";
import { z } from "zod";
import { evaluate, type Judgement, sentence } from "../../core/rules/evaluate.ts";
import type { Rule, Subject } from "../../core/rules/rule.ts";
import { covers, isExpired } from "./exemption.ts";
import { guarded, stackType } from "./guarded.ts";
import type { Memory } from "./memory.ts";
import { type RuleSettings, readSettings, settingsSchema } from "./settings.ts";
import { componentTitle } from "./urn.ts";

/** The SDK's function takes this too, though its type doesn't say so: a level of its own for one finding. */
type ReportAt = (violation: { message: string; urn: string; enforcementLevel: EnforcementLevel }) => void;

interface Judged {
  readonly urn: string;
  readonly parent?: string;
  readonly subject: Subject;
}

/**
 * A rule as a policy. Most run on each resource before it is created, at preview and again at `up`. A relation runs when
 * the whole stack is known, and what it refuses there is stopped at preview.
 */
export function policyFor(rule: Rule, memory: Memory, now: () => Date): Policies[number] {
  const { id, description, severity } = rule;
  const settings = remembered(rule);
  const common = {
    name: id,
    description,
    severity,
    enforcementLevel: "mandatory" as const,
    configSchema: configSchema(rule),
  };
  if (rule.relation) {
    return {
      ...common,
      validateStack: ({ resources, getConfig }, report) => {
        const { settings: set, problems } = settings(getConfig());
        const root = resources.find(({ type }) => type === stackType);
        for (const problem of problems) report(wrong(rule, problem), root?.urn);
        for (const one of memory.seen()) tell(one, set, report);
      },
    };
  }
  return {
    ...common,
    validateResource: guarded(id, (args: ResourceValidationArgs, report) => {
      const { settings: set, problems } = settings(args.getConfig());
      if (args.type === stackType) for (const problem of problems) report(wrong(rule, problem), args.urn);
      for (const subject of memory.subjects(args))
        tell({ urn: args.urn, parent: args.opts.parent, subject }, set, report);
    }),
  };

  function tell({ urn, parent, subject }: Judged, set: RuleSettings, report: ReportViolation): void {
    for (const one of set.exemptions) memory.exemptions.note(id, one, isExpired(one, now()) ? "expired" : "unused");
    const component = componentTitle(parent);
    const judgements = evaluate(rule, subject, set).filter((judgement) => !exempt(judgement, urn, subject, set));
    const open = judgements.filter(({ level }) => level === "undecided");
    if (!rule.relation) memory.leaveOpen(urn, open);
    else for (const judgement of open) advise(report, `Not decided: ${sentence(judgement)}`, urn);
    for (const judgement of judgements) {
      const message = component ? `${component}: ${sentence(judgement)}` : sentence(judgement);
      if (judgement.level === "mandatory") report(message, urn);
      if (judgement.level === "advisory") advise(report, `${description}\n${message}`, urn);
    }
  }

  function exempt(judgement: Judgement, urn: string, { object }: Subject, { exemptions }: RuleSettings): boolean {
    const found = exemptions.find((one) => !isExpired(one, now()) && covers(one, object.name, urn, judgement));
    if (found) memory.exemptions.note(id, found, "used");
    return found !== undefined;
  }
}

/** The SDK hands over the same configuration for each resource. */
function remembered(rule: Rule): (configuration: object) => ReturnType<typeof readSettings> {
  let last: { configuration: object; read: ReturnType<typeof readSettings> } | undefined;
  return (configuration) => {
    if (last?.configuration !== configuration) last = { configuration, read: readSettings(rule, configuration) };
    return last.read;
  };
}

function wrong({ id }: Rule, problem: string): string {
  return `The configuration of ${id} is wrong, so its defaults hold: ${problem}`;
}

/** What `pulumi` and editors are told about a rule's configuration; we check it ourselves, as the SDK lets unknown keys pass. */
function configSchema(rule: Rule): PolicyConfigSchema {
  const { properties } = z.toJSONSchema(settingsSchema(rule), { io: "input" });
  return { properties } as PolicyConfigSchema;
}

function advise(report: ReportViolation, message: string, urn: string): void {
  (report as unknown as ReportAt)({ message, urn, enforcementLevel: "advisory" });
}
