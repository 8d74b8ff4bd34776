import { deepEqual } from "node:assert/strict";
import { readinessProbe } from "../../core/rules/availability/probes.ts";
import { everywhere } from "../../core/rules/levels.ts";
import { rollingUpdate } from "../../core/rules/lifecycle/gracefulEnd.ts";
import { undecided } from "../../core/rules/reading/field.ts";
import { strictWhereServed } from "../../core/rules/relations/served.ts";
import { deployment, other, service } from "./relationsRollout.cases.ts";
import { judge } from "./table.ts";

describe("a rule that is strict where a Service sends to the pods", () => {
  const levelsOf = (rule: typeof readinessProbe, ...objects: [never, ...never[]]) =>
    judge(strictWhereServed(rule, { levels: everywhere }), objects).map(({ level }) => level);
  const cases = {
    readiness: [readinessProbe, deployment()],
    Recreate: [rollingUpdate, deployment({ strategy: { type: "Recreate" } })],
  } as const;
  for (const [title, [rule, subject]] of Object.entries(cases)) {
    it(`refuses ${title} there`, () => deepEqual(levelsOf(rule, subject as never, service as never), ["mandatory"]));
    it(`advises on ${title} elsewhere`, () =>
      deepEqual(levelsOf(rule, subject as never, other as never), ["advisory"]));
  }
  it("leaves open what is not known", () => {
    const open = deployment({ strategy: undecided });
    deepEqual(levelsOf(rollingUpdate, open as never, service as never), ["undecided"]);
  });
});
