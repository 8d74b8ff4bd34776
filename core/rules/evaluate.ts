import type { Stage } from "../stage.ts";
import { titleOf } from "./reading/kubernetesObject.ts";
import type { Release, ReleaseRule } from "./release/release.ts";
import type { Finding, Given, Rule, Subject } from "./rule.ts";

export interface Judgement extends Finding {
  readonly rule: string;
  readonly object: string;
}

/** What somebody has set of a rule. */
export interface Settings {
  readonly levels: Rule["levels"];
  /** Its parameters, checked. */
  readonly given?: Given;
}

/** What a rule says about an object in its environment. A bug in a rule is a finding too, never silence. */
export function evaluate(rule: Rule, subject: Subject, settings: Settings = rule): Judgement[] {
  const { kind } = subject.object;
  // What is no object of the Kubernetes API is judged by rules that ask for it alone.
  if (rule.kinds ? !rule.kinds.includes(kind) : /^(Stack|Provider|PalierEnvironment|Postgresql\w+)$/.test(kind))
    return [];
  return judgements(rule, subject, titleOf(subject.object), settings);
}

/** What a rule says about a release. */
export function evaluateRelease(rule: ReleaseRule, release: Release, settings: Settings = rule): Judgement[] {
  return judgements(rule, release, `Release of "${release.system}"`, settings);
}

function judgements<About extends { stage: Stage }>(
  rule: Rule<About>,
  subject: About,
  object: string,
  settings: Settings,
): Judgement[] {
  const level = settings.levels[subject.stage];
  if (level === "off") return [];
  const common = { rule: rule.id, object };
  const lowered = (finding: Finding) => (finding.level === "mandatory" ? level : finding.level);
  return found(rule, subject, settings.given).map((finding) => ({ ...finding, ...common, level: lowered(finding) }));
}

function found<About>(rule: Rule<About>, subject: About, given: Given | undefined): Finding[] {
  try {
    return unique(rule.check(subject, given));
  } catch (error) {
    return [
      {
        level: "mandatory",
        field: "it",
        problem: `could not be judged: rule ${rule.id} failed on it (${placeOf(error)})`,
        fix: "report this as a bug of the rule; until it is mended, disable the rule by its name",
      },
    ];
  }
}

/** Where an error arose. Its message may quote the value it choked on, which can be a secret. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const frame = /([\w.-]+:\d+):\d+\)?$/m.exec(error.stack?.replace(error.message, "") ?? "");
  return frame ? `${error.name} at ${frame[1]}` : error.name;
}

function unique(findings: Finding[]): Finding[] {
  return [
    ...new Map(findings.map((finding) => [`${finding.level} ${finding.field} ${finding.problem}`, finding])).values(),
  ];
}

/** One line: where, what is wrong, what to write instead. */
export function sentence({ object, container, field, value, problem, fix }: Judgement): string {
  const place = container === undefined ? object : `${object}, container "${container}"`;
  const shown = value === undefined ? "" : ` = ${JSON.stringify(value)}`;
  return `${place}: ${field}${shown} ${problem}.${fix ? ` Fix: ${fix}.` : ""}`;
}
