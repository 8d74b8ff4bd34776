import { deepEqual, match, throws } from "node:assert/strict";
import type { SloArgs } from "../../../components/slo/args.ts";
import { gateQuery } from "../../../components/slo/gate.ts";
import { panels } from "../../../components/slo/panels.ts";
import { ruleGroups } from "../../../components/slo/rules.ts";
import { sloSettings } from "../../../components/slo/settings.ts";
import type { Watched } from "../../../components/slo/watched.ts";
import { type Promtool, promtool, type RuleTest } from "../../promtool.ts";
import { alertNames, healthy, type Otherwise, seriesOf } from "./app.ts";

function watched(args: SloArgs): Watched {
  const paths = ["/live", "/ready", "/api/health", "/metrics"];
  return { name: "api", namespace: "shop-production", paths, settings: sloSettings(args) };
}

const usual = watched({ availability: 99.9, latency: "2s" });

/** What fires of an app that was healthy for an hour, of which no more is known, and then was as told for nearly another. */
const cases: Record<string, { otherwise: Otherwise; fires: string[] }> = {
  "is as it was [AV-79 MQ-67]": { otherwise: {}, fires: [] },
  "fails two requests in a hundred [AV-62 MQ-74 DP-99]": {
    otherwise: { failing: 0.02 },
    fires: ["ErrorBudgetBurnsFast", "ErrorBudgetBurnsSlowly", "ErrorsHigh"],
  },
  "is asked for what is not there": { otherwise: { missing: 0.5 }, fires: [] },
  "takes over two seconds for a tenth of its requests [AV-63 DP-95 YO-40]": {
    otherwise: { slow: 0.1 },
    fires: ["ResponsesSlow"],
  },
  "takes over two seconds for nearly all of them": {
    otherwise: { slow: 0.9 },
    fires: ["LatencyBudgetBurnsFast", "LatencyBudgetBurnsSlowly", "ResponsesSlow"],
  },
  "takes 90 % of its CPU [AV-64]": { otherwise: { cpu: 0.9 }, fires: ["CpuHigh"] },
  "holds 90 % of its memory [AV-65]": { otherwise: { memory: 0.9 }, fires: ["MemoryHigh"] },
  "does not answer its probe [MQ-76]": { otherwise: { up: 0 }, fires: ["ProbeFails"] },
  "is not measured any more": { otherwise: { isTold: false }, fires: ["NothingMeasured"] },
};

describe("the rules of an slo, by Prometheus' own tool", function rules() {
  this.timeout("5m");
  let tool: Promtool;
  before(async () => {
    tool = await promtool();
  });

  /** Each alert that there is, at a time: those that fire and those that don't. */
  function fires(of: Watched, otherwise: Otherwise, expected: string[], at = "1h55m"): void {
    const groups = ruleGroups(of, "docs/runbooks");
    const alerts = alertNames(groups);
    deepEqual(
      expected.filter((name) => !alerts.includes(name)),
      [],
    );
    const labels = { namespace: "shop-production", app: "api" };
    const one: RuleTest = {
      name: JSON.stringify(otherwise),
      interval: "1m",
      input_series: seriesOf(otherwise),
      promql_expr_test: alerts.map((alertname) => ({
        expr: `count by (alertname, namespace, app) (ALERTS{alertname="${alertname}",alertstate="firing"})`,
        eval_time: at,
        exp_samples: expected.includes(alertname) ? [{ labels: seriesLabels({ alertname, ...labels }), value: 1 }] : [],
      })),
    };
    match(tool.test(groups, [one]), /SUCCESS/);
  }

  for (const [title, { otherwise, fires: expected }] of Object.entries(cases)) {
    it(`fire what is right where an app ${title}`, () => fires(usual, otherwise, expected));
  }

  it("fire of a slow burn, and of none that keeps within the budget [MP-147]", () => {
    fires(usual, { failing: 0.002, after: 0 }, ["ErrorBudgetBurnsSlowly"], "55m");
    fires(usual, { failing: 0.0005, perMinute: 6000, after: 0 }, [], "55m");
    fires(watched({ availability: 99.5 }), { failing: 0.002, perMinute: 6000, after: 0 }, [], "55m");
  });

  it("wake nobody any more minutes after the errors have ended [MQ-77]", () => {
    fires(usual, { failing: 0.02 }, ["ErrorBudgetBurnsSlowly"], "2h35m");
  });

  it("measure by the bound that the app was told, and say where no bucket has it [MQ-73]", () => {
    const late = ["LatencyBudgetBurnsFast", "LatencyBudgetBurnsSlowly", "ResponsesSlow"];
    fires(watched({ availability: 99.9, latency: "500ms" }), { slow: 0.9 }, late);
    fires(watched({ availability: 99.9, latency: "200ms" }), {}, ["NothingMeasured"]);
  });

  it("leave out what could never fire, and keep what can", () => {
    const of = watched({ availability: 80 });
    fires(of, { failing: 1 }, ["ErrorBudgetBurnsSlowly", "ErrorsHigh"]);
  });

  it("record what AVNIR asks for, by its names [AV-58 AV-59 DP-75 MQ-71]", () => {
    const value = (series: string, expected: number) => ({
      expr: `round(${series}{namespace="shop-production",app="api"}, 0.001)`,
      eval_time: "50m",
      exp_samples: [{ labels: '{namespace="shop-production",app="api"}', value: expected }],
    });
    const one: RuleTest = {
      name: "names",
      interval: "1m",
      input_series: seriesOf({ failing: 0.02, missing: 0.1, slow: 0, after: 0 }),
      promql_expr_test: [
        value("requests_per_second", 10),
        value("error_rate", 0.02),
        value("error_count_5xx", 60),
        value("error_count_4xx", 300),
        value("response_time_p95", 0.475),
        value("response_time_p99", 0.495),
        value("cpu_usage", healthy.cpu),
        value("memory_usage", healthy.memory),
      ],
    };
    match(tool.test(ruleGroups(usual, "docs/runbooks"), [one]), /SUCCESS/);
  });

  it("give a release gate one answer: kept, broken, or none where nobody asks anything [AV-79]", () => {
    const gate = (otherwise: Otherwise, expected: number[]): void => {
      const asked = {
        expr: gateQuery(usual),
        eval_time: "1h55m",
        exp_samples: expected.map((value) => ({ labels: '{namespace="shop-production",app="api"}', value })),
      };
      const one = { name: "gate", interval: "1m", input_series: seriesOf(otherwise), promql_expr_test: [asked] };
      match(tool.test(ruleGroups(usual, "docs/runbooks"), [one]), /SUCCESS/);
    };
    gate({}, [1]);
    gate({ failing: 0.02 }, [0]);
    gate({ slow: 0.1 }, [0]);
    gate({ perMinute: 0 }, []);
  });

  it("are what Prometheus loads, and so are the dashboard's queries", () => {
    match(tool.check(ruleGroups(usual, "docs/runbooks")), /SUCCESS/);
    const shown = panels(usual).flatMap(({ queries }) => Object.values(queries));
    const rules = shown.map((expr, index) => ({ record: `panel_${index}`, expr }));
    match(tool.check([{ name: "panels", rules }]), /SUCCESS: \d\d rules found/);
  });

  it("are seen to be run: an alert that must not fire is told", () => {
    throws(() => fires(usual, { failing: 0.02 }, []), /FAILED/);
  });
});

function seriesLabels(labels: Record<string, string>): string {
  return `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;
}
