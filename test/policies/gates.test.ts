import { deepEqual } from "node:assert/strict";
import type { Gate } from "../../core/records/releaseRecord.ts";
import type { SystemName } from "../systems.ts";
import { refusedBy } from "./prohibitions/judged.ts";
import { goodRecord, passed } from "./prohibitions/records.ts";

/** Gates that a system's own law asks for, by the rows that ask for them. */
const gates: [SystemName, Gate, string][] = [
  ["avnir", "performance", "AV-73"],
  ["avnir", "migrations", "AV-74"],
  ["avnir", "monitoring", "AV-77"],
  ["mapquiz", "performance", "MQ-15 MQ-61 C-09"],
  ["mapquiz", "types", "MQ-18 MQ-61"],
  ["mapquiz", "coverage", "MQ-13 MQ-61"],
  ["debrouillepro", "monitoring", "DP-67"],
  ["debrouillepro", "backup", "DP-68"],
  ["debrouillepro", "migrations", "DP-69"],
  ["debrouillepro", "audit", "DP-70"],
  ["debrouillepro", "performance", "DP-71"],
];

/** MapQuiz asks it of its API alone. */
const unmet = { "memory-ceiling": "off" };

const all = ["tests", "e2e", "audit", "lint", "types", "performance", "migrations", "monitoring", "backup"] as const;
const whole = { ...goodRecord.gates, ...Object.fromEntries(all.map((gate) => [gate, passed])) };

describe("production, by a system's own law", () => {
  for (const [system, gate, rows] of gates) {
    const set = { profile: system, ...unmet };
    it(`of ${system} takes a release that passed all gates, and none that did not pass ${gate} [${rows}]`, async () => {
      deepEqual(await refusedBy({ record: { gates: whole }, set }, system), []);
      const without = { ...whole, [gate]: { ...passed, result: "failed" as const } };
      deepEqual(await refusedBy({ record: { gates: without }, set }, system), ["release-gates"]);
    });
  }
}).timeout(60_000);
