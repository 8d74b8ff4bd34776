import { deepEqual, equal } from "node:assert/strict";
import { undecided } from "../../core/rules/reading/field.ts";
import { connectionBudget } from "../../core/rules/relations/connections.ts";
import { longestGap } from "../../core/rules/relations/cronGap.ts";
import { app, configMap, fromSecret, limited, secret, service, url } from "./relationsConnections.cases.ts";
import { judge } from "./table.ts";

describe("connections that are not known yet", () => {
  const levels = (...found: { level: string }[]) => found.map(({ level }) => level);
  it("are left open where a pool is stated and its database is not known", () => {
    deepEqual(levels(...judge(connectionBudget, [limited, service("db"), fromSecret, secret(undecided), configMap])), [
      "undecided",
    ]);
  });
  it("are left open where the number of pods is not known", () => {
    const open = app({ DATABASE_URL: url, DB_POOL_MAX: "5" }, undecided);
    deepEqual(levels(...judge(connectionBudget, [limited, service("db"), open])), ["undecided"]);
  });
});

describe("the longest time between two runs", () => {
  const hours: Record<string, number | undefined> = {
    "0 3 * * *": 24,
    "0 */6 * * *": 6,
    "30 2,14 * * *": 12,
    "0 2 * * 1": 168,
    "0 2 * * mon-fri": 72,
    "0 4 1 * *": 744,
    "@daily": 24,
    "@every 90m": 1.5,
    "0 0 3 * * *": 24,
    "TZ=Europe/Paris 0 3 * * *": 24,
    "0 3 30 2 *": Number.POSITIVE_INFINITY,
    "0 3 1 * 1": 168,
    "every day": undefined,
  };
  for (const [schedule, gap] of Object.entries(hours)) {
    it(`is ${gap} h of ${schedule}`, () => equal(longestGap(schedule), gap));
  }
});
