import type { Policies, ReportViolation, ResourceValidationArgs } from "@pulumi/policy";
import type { ReleaseRule } from "../../core/rules/release/release.ts";
import type { Rule } from "../../core/rules/rule.ts";
import { tellOpenRelations, tellUndecided } from "./decidedAtUp.ts";
import { tellExemptions } from "./exemptionsTold.ts";
import { guarded, stackType } from "./guarded.ts";
import { judge } from "./judge.ts";
import { judgeRelease } from "./judgeRelease.ts";
import type { Memory } from "./memory.ts";
import { recordSecrets } from "./secretsCompared.ts";
import { configSchema, type Known, type PackSettings, readSettings } from "./settings.ts";
import { recordShape } from "./shapeRecorded.ts";

/** The rules of a pack: about objects, and about what is released. */
export interface PackRules {
  readonly rules: readonly Rule[];
  readonly release: readonly ReleaseRule[];
  readonly profiles: Known["profiles"];
}

/**
 * All rules as two policies, since the SDK reads each resource anew for every policy; findings go by the rules' own names,
 * and so does what is said beside them.
 * `rules` runs on each resource before it is created, at preview and again at `up`. `relations` runs when the whole stack
 * is known: what it refuses at preview does not come to `up`.
 */
export function rulePolicies({ rules, release, profiles }: PackRules, memory: Memory, now: () => Date): Policies {
  const all = [...rules, ...release];
  const known = { rules: all, profiles };
  const [relations, others] = [rules.filter(({ relation }) => relation), rules.filter(({ relation }) => !relation)];
  let configured = "{}";
  let settings = readSettings(known, {});
  return [
    {
      name: "rules",
      description: "The rules, each under its own name; their configuration stands under this one.",
      enforcementLevel: "mandatory",
      configSchema: configSchema(known),
      validateResource: guarded("rules", (args: ResourceValidationArgs, report) => {
        configure(args.getConfig());
        if (args.type === stackType) {
          tellProblems(settings, report, args.urn);
          judgeRelease(release, args.urn, settings, memory, now(), report);
        }
        for (const seen of memory.see(args)) {
          for (const rule of others) judge(rule, seen, settings.of(rule), memory, now(), report);
        }
        tellUndecided(memory, args, settings.named, report);
      }),
    },
    {
      name: "relations",
      description: "The rules that only the whole stack can answer.",
      enforcementLevel: "mandatory",
      validateStack: ({ resources }, report) => {
        for (const seen of memory.seen()) {
          for (const rule of relations) judge(rule, seen, settings.of(rule), memory, now(), report);
        }
        tellOpenRelations(memory, settings.named, report);
        const root = resources.find(({ type }) => type === stackType)?.urn;
        if (root === undefined) return;
        tellExemptions(memory, root, report);
        recordSecrets(memory, root, report);
        recordShape(memory, root, resources, report);
      },
    },
  ];

  /** The SDK hands over a copy of the same configuration with each resource. */
  function configure(configuration: object): void {
    const text = JSON.stringify(configuration);
    if (text === configured) return;
    configured = text;
    settings = readSettings(known, configuration);
    memory.exemptions.noteAll(all, settings, now());
  }
}

function tellProblems({ problems }: PackSettings, report: ReportViolation, urn: string): void {
  for (const problem of problems) report(`The configuration is wrong, and the defaults hold there: ${problem}`, urn);
}
