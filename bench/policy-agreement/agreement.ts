/**
 * How far the rules agree with labelled manifests: npm run -s policy-agreement -- FILE [--json]
 *
 * FILE holds one case a line: `{"id", "rows", "expected"?, "granularity", "subject", "manifest", "context", "params", "check_id"}`.
 * A case fails when a rule of any of its `rows` finds something in its subject, or for the granularity `bundle` in any
 * object. `--json` prints a line a case. The last line counts: agreement A of D decided, U undecided of N.
 */
import { readFileSync } from "node:fs";
import { containers } from "../../core/rules/reading/containers.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import type { Finding, Given, Rule } from "../../core/rules/rule.ts";
import { readManifests } from "../../policies/offline/manifests.ts";
import { rules } from "../../policies/themes.ts";
import { isExempt, type Meaning, meaningOf } from "./originals.ts";

interface Case {
  id: string;
  rows: string[];
  expected?: string;
  granularity?: string;
  subject?: { apiVersion?: string; kind?: string; name?: string; namespace?: string | null };
  manifest: string;
  context?: string;
  check_id?: string;
  params?: { parameters?: Record<string, unknown> | null } | null;
}

interface Verdict {
  id: string;
  verdict: "pass" | "fail" | "undecided";
  rule?: string;
  row?: string;
  reason: string;
}

function judge(one: Case): Verdict {
  const meaning = meaningOf(one.check_id ?? "", one.params);
  const answering = rulesFor(one, meaning);
  const row = (rule?: Rule) => rule?.rows?.find((row) => one.rows.includes(row)) ?? one.rows[0];
  const verdict = (verdict: Verdict["verdict"], reason: string, rule?: Rule): Verdict => ({
    id: one.id,
    verdict,
    rule: rule?.id,
    row: row(rule),
    reason,
  });
  if (answering.length === 0) return verdict("undecided", `no rule stands for ${one.rows.join(", ") || "it: no row"}`);
  const objects = objectsOf(one.manifest);
  const inventory = new Inventory();
  for (const object of [...objects, ...objectsOf(one.context ?? "")]) inventory.add(object);
  const subjects = one.granularity === "bundle" ? objects : objects.filter((object) => isSubject(object, one));
  if (subjects.length === 0) return verdict("undecided", "its subject is not in its manifest");
  let open: [Rule, Finding] | undefined;
  for (const object of subjects) {
    for (const rule of answering) {
      const set = meaning.given?.[rule.id];
      const given = set && (rule.parameters?.parse(set) as Given);
      for (const finding of rule.check({ object, stage: "production", inventory }, given)) {
        if (isExempt(meaning, rule.id, imageOf(object, finding))) continue;
        if (finding.level !== "undecided") return verdict("fail", `${finding.field} ${finding.problem}`, rule);
        open ??= [rule, finding];
      }
    }
  }
  if (open) return verdict("undecided", `${open[1].field} ${open[1].problem}`, open[0]);
  return verdict("pass", "nothing found", answering[0]);
}

/** The rules that say what the original says: by its rows, or all of the standard that it stands for. */
function rulesFor({ rows }: Case, { standard, only }: Meaning): Rule[] {
  if (!standard) {
    const standing = rules.filter((rule) => rule.rows?.some((row) => rows.includes(row)));
    return only ? standing.filter(({ id }) => only.includes(id)) : standing;
  }
  const levels = ["PSS baseline", ...(standard.level === "restricted" ? ["PSS restricted"] : [])];
  const asked = rules.filter(({ frameworks }) => frameworks?.some((framework) => levels.includes(framework)));
  return asked.filter(({ id }) => !standard.without?.includes(id));
}

function imageOf(object: KubernetesObject, { container }: Finding): string | undefined {
  return containers(object)
    .find(({ name }) => name !== undefined && name === container)
    ?.field.at("image").text;
}

function objectsOf(text: string): KubernetesObject[] {
  return readManifests(text).map(({ object }) => object);
}

function isSubject({ kind, name, namespace }: KubernetesObject, { subject }: Case): boolean {
  if (!subject) return true;
  return (
    (!subject.kind || subject.kind === kind) &&
    (!subject.name || subject.name === name) &&
    (!subject.namespace || subject.namespace === namespace)
  );
}

const [file, ...flags] = process.argv.slice(2);
if (!file || flags.some((flag) => flag !== "--json")) {
  console.error("usage: npm run -s policy-agreement -- FILE [--json]");
  process.exit(2);
}
const cases = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line) as Case);
const verdicts = cases.map(judge);
const labelled = cases.flatMap(({ expected, rows }, index) =>
  expected === "pass" || expected === "fail" ? [{ rows, expected, ...verdicts[index]! }] : [],
);
if (flags.includes("--json")) {
  for (const verdict of verdicts) console.log(JSON.stringify(verdict));
} else {
  for (const row of [...new Set(labelled.flatMap(({ rows }) => rows))].sort()) {
    const own = labelled.filter(({ rows }) => rows.includes(row));
    const agreed = own.filter(({ verdict, expected }) => verdict === expected).length;
    console.log(`${row}  ${agreed} of ${own.length}`);
  }
}
const decided = labelled.filter(({ verdict }) => verdict !== "undecided");
const agreed = decided.filter(({ verdict, expected }) => verdict === expected).length;
console.log(
  `agreement ${agreed} of ${decided.length} decided, ${labelled.length - decided.length} undecided of ${labelled.length}`,
);
