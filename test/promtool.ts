import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { openClone } from "../local/clone.ts";
import { debianEnvironment, debianParts } from "../local/debian.ts";
import { temporaryFolder } from "./temporary.ts";

/** As `promtool test rules` takes them: series, and what must be there of them at a time. */
export interface RuleTest {
  name: string;
  interval: string;
  input_series: readonly { series: string; values: string }[];
  alert_rule_test?: readonly { eval_time: string; alertname: string; exp_alerts: readonly object[] }[];
  promql_expr_test?: readonly { expr: string; eval_time: string; exp_samples: readonly object[] }[];
}

/** Prometheus' own tool, of Debian's package, for the groups of rules that something declares. */
export interface Promtool {
  /** Refuses what Prometheus would not load. */
  check(groups: readonly object[]): string;
  /** Runs them over series, and fails with what was there instead. */
  test(groups: readonly object[], tests: readonly RuleTest[]): string;
}

export async function promtool(): Promise<Promtool> {
  const { cache } = await openClone();
  const root = await debianParts({ say: () => {}, progress: () => {} }, cache, ["prometheus"]);
  const run = (groups: readonly object[], args: string[], tests: readonly RuleTest[] = []) => {
    const folder = temporaryFolder("rules");
    writeFileSync(join(folder, "rules.yaml"), stringify({ groups }, { aliasDuplicateObjects: false }));
    writeFileSync(join(folder, "tests.yaml"), stringify({ rule_files: ["rules.yaml"], tests }));
    const env = { ...process.env, ...debianEnvironment(root) };
    return execFileSync(join(root, "usr/bin/promtool"), args, { cwd: folder, env, encoding: "utf8", stdio: "pipe" });
  };
  return {
    check: (groups) => run(groups, ["check", "rules", "rules.yaml"]),
    test: (groups, tests) => run(groups, ["test", "rules", "tests.yaml"], tests),
  };
}
