import { deepEqual, ok, rejects } from "node:assert/strict";
import { demands } from "../../core/rules/demands.ts";
import { demandsLeftOut } from "../../policies/leftOut.ts";
import { themes } from "../../policies/themes.ts";
import { prohibitions } from "./prohibitions/index.ts";
import { refusedBy } from "./prohibitions/judged.ts";

describe("what the five systems forbid", () => {
  const told = [...prohibitions.map(({ demand }) => demand), ...Object.keys(demandsLeftOut)];
  it("is told of each demand, or why nothing can refuse it", () => deepEqual(told.sort(), Object.keys(demands).sort()));

  it("is answered by the rule that says so of itself", () => {
    const rules = new Map(themes.flatMap((theme) => theme.rules).map((rule) => [rule.id, rule.demands ?? []]));
    for (const { demand, rule, byComponent } of prohibitions)
      ok(byComponent || rules.get(rule)?.includes(demand), `${rule} does not name ${demand}`);
  });

  for (const { demand, does, rule, byComponent, refused, passes } of prohibitions) {
    const rows = `[${demands[demand]!.row}]`;
    it(`AVNIR is refused by ${rule} when it ${does} ${rows}`, async () => {
      const judged = refusedBy(refused);
      if (byComponent) await rejects(judged, (error: Error) => error.message.includes(rule));
      else deepEqual(await judged, [rule]);
    });
    it(`AVNIR is not refused when that is as ${rule} wants it, or where it does no harm ${rows}`, async () =>
      deepEqual(await refusedBy(passes), []));
  }
}).timeout(60_000);
