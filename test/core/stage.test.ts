import { deepEqual, equal, match } from "node:assert/strict";
import { stageOf, UnknownStageError } from "../../core/stage.ts";
import { readAliases } from "../../core/stageAliases.ts";

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

describe("a project's own stack names", () => {
  const read = (stages: object) => readAliases(JSON.stringify(stages));

  it("mean what its configuration says, however they are written [AV-13 C-65]", () => {
    const { aliases, problems } = read({ QA: "staging", démo: "review" });
    deepEqual(problems, []);
    equal(stageOf("qa", aliases), "staging");
    equal(stageOf("De\u0301mo", aliases), "review");
    equal(stageOf("other", aliases), undefined);
  });

  for (const [what, stages, problem] of [
    ["give a known name another meaning", { prod: "dev" }, '"prod" means production already; leave it out'],
    ["give an environment's name another meaning", { review: "dev" }, '"review" means review already; leave it out'],
    ["take a review's name", { "pr-1": "dev" }, '"pr-1" means review already; leave it out'],
    ["lead nowhere", { qa: "stage" }, '"qa" leads nowhere; give one of dev, review, staging, production'],
    ["are none", { "": "dev" }, "a key is no name of a stack"],
  ] as const) {
    it(`may not ${what} [C-65]`, () => {
      const { aliases, problems } = read(stages);
      deepEqual(problems, [problem]);
      equal(aliases.size, 0);
    });
  }

  it("are a map, and what else there is in its place is not shown", () => {
    for (const text of ["hush", '"hush"', "[]", "null"]) {
      deepEqual(readAliases(text).problems, ['it is no map of stack names to environments, such as {"qa": "staging"}']);
    }
    deepEqual(readAliases(undefined), { aliases: new Map(), problems: [] });
  });
});
