import { equal, match } from "node:assert/strict";
import { stageOf, UnknownStageError } from "../../core/stage.ts";

describe("stageOf", () => {
  const names: [string, ReturnType<typeof stageOf>][] = [
    ["dev", "dev"],
    ["development", "dev"],
    ["local", "dev"],
    ["staging", "staging"],
    ["preprod", "staging"],
    ["préprod", "staging"],
    ["pre\u0301prod", "staging"],
    ["preview", "staging"],
    ["prod", "production"],
    ["Production", "production"],
    ["pr-12", "review"],
    ["pr-", undefined],
    ["pr-0", undefined],
    ["product", undefined],
    ["", undefined],
  ];
  for (const [name, stage] of names) {
    it(`reads "${name}" as ${stage} [AV-13]`, () => equal(stageOf(name), stage));
  }

  it("names what is allowed when a stack name means nothing [AV-13]", () => {
    match(new UnknownStageError("live").message, /"live".*dev.*staging.*production.*pr-<number>/);
  });
});
