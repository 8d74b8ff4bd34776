import { deepEqual, ok, rejects } from "node:assert/strict";
import { type Demand, demands } from "../../core/rules/demands.ts";
import { demandsLeftOut } from "../../policies/leftOut.ts";
import { themes } from "../../policies/themes.ts";
import type { SystemName } from "../systems.ts";
import type { Deviation } from "./prohibitions/deviation.ts";
import { prohibitions } from "./prohibitions/index.ts";
import { refusedBy } from "./prohibitions/judged.ts";
import { ofSystem } from "./prohibitions/ofSystem.ts";

const systems = {
  AVNIR: "avnir",
  DébrouillePro: "debrouillepro",
  MapQuiz: "mapquiz",
  MecaPy: "mecapy",
  YONIMA: "yonima",
} as const satisfies Record<Demand["system"], SystemName>;

describe("what the five systems forbid", () => {
  const told = [...prohibitions.map(({ demand }) => demand), ...Object.keys(demandsLeftOut)];
  it("is told of each demand, or why nothing can refuse it", () => deepEqual(told.sort(), Object.keys(demands).sort()));

  it("is answered by the rule that says so of itself", () => {
    const rules = new Map(themes.flatMap((theme) => theme.rules).map((rule) => [rule.id, rule.demands ?? []]));
    for (const { demand, rule, byComponent } of prohibitions)
      ok(byComponent || rules.get(rule)?.includes(demand), `${rule} does not name ${demand}`);
  });

  /** Of a database, which DébrouillePro's stack does not have yet. */
  const later = ["R-20", "R-21", "R-22", "R-23", "R-30"];
  const own = prohibitions.flatMap((one) => {
    const title = demands[one.demand]!.system;
    const system = systems[title];
    return system === "avnir" || later.includes(one.demand) ? [] : [{ title, system, ...ofSystem(system, one) }];
  });
  const ofAvnir = prohibitions.map((one) => ({ title: "AVNIR" as const, system: systems.AVNIR, ...one }));

  for (const { title, system, demand, does, rule, byComponent, refused, passes } of [...ofAvnir, ...own]) {
    const rows = `[${demands[demand]!.row}]`;
    const refusedOf = (deviation: Deviation) => refusedBy(deviation, system);
    it(`${title} is refused by ${rule} when it ${does} ${rows}`, async () => {
      const judged = refusedOf(refused);
      if (byComponent) await rejects(judged, (error: Error) => error.message.includes(rule));
      else deepEqual(await judged, [rule]);
    });
    it(`${title} is not refused when that is as ${rule} wants it, or where it does no harm ${rows}`, async () =>
      deepEqual(await refusedOf(passes), []));
  }
}).timeout(60_000);
