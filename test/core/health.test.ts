import { equal } from "node:assert/strict";
import { isWell } from "../../core/health.ts";

describe("an answer about a system's health [AV-53 MP-105 C-36]", () => {
  const answers: [string, number, string, boolean][] = [
    ["200 and healthy", 200, '{"status":"healthy"}', true],
    ["200 and ok, as MecaPy says it", 200, '{"status":"ok","database":"ok"}', true],
    ["200 and degraded: its body must be read", 200, '{"status":"degraded","database":"error"}', false],
    ["503, whatever the body says", 503, '{"status":"ok"}', false],
    ["200 and a body that says nothing of it", 200, "fine", true],
    ["200 and JSON without a status", 200, "[]", true],
    ["200 and null", 200, "null", true],
  ];
  for (const [what, status, body, well] of answers) {
    it(`is ${well ? "good" : "bad"}: ${what}`, () => equal(isWell(status, body), well));
  }
});
