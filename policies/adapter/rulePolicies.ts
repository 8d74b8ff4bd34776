import type { Policies, ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import type { Rule } from "../../core/rules/rule.ts";
import { guarded, stackType } from "./guarded.ts";
import { judge } from "./judge.ts";
import type { Memory } from "./memory.ts";
import { configSchema, type PackSettings, readSettings } from "./settings.ts";

/**
 * All rules as two policies, since the SDK reads each resource anew for every policy; findings go by the rules' own names.
 * `rules` runs on each resource before it is created, at preview and again at `up`. `relations` runs when the whole stack
 * is known: what it refuses at preview does not come to `up`.
 */
export function rulePolicies(rules: readonly Rule[], memory: Memory, now: () => Date): Policies {
  const [relations, others] = [rules.filter(({ relation }) => relation), rules.filter(({ relation }) => !relation)];
  let configured: object | undefined;
  let settings: PackSettings = readSettings(rules, {});
  return [
    {
      name: "rules",
      description: "The rules, each under its own name; their configuration stands under this one.",
      enforcementLevel: "mandatory",
      configSchema: configSchema(rules),
      validateResource: guarded("rules", (args: ResourceValidationArgs, report) => {
        const configuration = args.getConfig<object>();
        if (configuration !== configured) settings = readSettings(rules, configuration);
        configured = configuration;
        if (args.type === stackType) tellProblems(settings, report, args.urn);
        for (const subject of memory.subjects(args)) {
          const seen = { urn: args.urn, parent: args.opts.parent, subject };
          for (const rule of others) judge(rule, seen, settings.of(rule), memory, now(), report);
        }
      }),
    },
    {
      name: "relations",
      description: "The rules that only the whole stack can answer.",
      enforcementLevel: "mandatory",
      validateStack: (_, report) => {
        for (const seen of memory.seen()) {
          for (const rule of relations) judge(rule, seen, settings.of(rule), memory, now(), report);
        }
      },
    },
  ];
}

function tellProblems({ problems }: PackSettings, report: ReportViolation, urn: string): void {
  for (const problem of problems) report(`The configuration is wrong, and the defaults hold there: ${problem}`, urn);
}
