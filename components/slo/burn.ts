import { type Alert, notice, type Severity } from "../prometheus/alert.ts";
import { rounded } from "./duration.ts";
import { errorBudget, of, slowBudget, type Watched } from "./watched.ts";

/** How many times as fast as it may a budget goes, over a long window and over a short one that says: still. */
interface Burn {
  readonly times: number;
  readonly long: string;
  readonly short: string;
}

/** How many times as fast as it may a budget goes when somebody is woken up. */
export const fastest = 14.4;

/**
 * The windows of "Multiwindow, Multi-Burn-Rate Alerts", of a budget of thirty days.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
const burns: Readonly<Record<"Fast" | "Slowly", { severity: Severity; pairs: readonly Burn[] }>> = {
  Fast: {
    severity: "critical",
    pairs: [
      { times: fastest, long: "1h", short: "5m" },
      { times: 6, long: "6h", short: "30m" },
    ],
  },
  Slowly: {
    severity: "warning",
    pairs: [
      { times: 3, long: "1d", short: "2h" },
      { times: 1, long: "3d", short: "6h" },
    ],
  },
};

/** Every window that something is recorded over. */
export const windows: readonly string[] = [
  ...new Set(Object.values(burns).flatMap(({ pairs }) => pairs.flatMap(({ long, short }) => [short, long]))),
];

/** Both budgets of an app, each watched for going fast and for going slowly. */
export function burnAlerts(app: Watched): Alert[] {
  const { availability, latency } = app.settings;
  const budgets = [
    {
      name: "Error",
      series: "slo:errors",
      budget: errorBudget(app.settings),
      says: `${availability} % without an error`,
    },
    { name: "Latency", series: "slo:slow", budget: slowBudget, says: `95 % within ${latency}` },
  ];
  return budgets.flatMap(({ name, series, budget, says }) =>
    Object.entries(burns).flatMap(([how, { severity, pairs }]) => {
      const expr = pairs.flatMap((pair) => burning(app, series, budget, pair)).join(" or ");
      const summary = notice(app, `the budget of ${says} goes ${how.toLowerCase()}`);
      return expr === "" ? [] : [{ alert: `${name}BudgetBurns${how}`, expr, severity, summary }];
    }),
  );
}

/** Nothing fails more than always: a budget so wide that it can't burn as fast is left to the slower ones. */
function burning(app: Watched, series: string, budget: number, { times, long, short }: Burn): string[] {
  const bound = rounded(times * budget);
  const beyond = (window: string) => `${of(app, `${series}:ratio_rate${window}`)} > ${bound}`;
  return bound < 1 ? [`(${beyond(long)} and ${beyond(short)})`] : [];
}
