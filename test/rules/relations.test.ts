import { deepEqual, equal } from "node:assert/strict";
import { evictable } from "../../core/rules/availability/disruption.ts";
import { undecided } from "../../core/rules/reading/field.ts";
import { hasBudget } from "../../core/rules/relations/budgets.ts";
import { manifest } from "./manifests.ts";
import { budget, replicas } from "./relations.cases.ts";
import { judge } from "./table.ts";

describe("relations between objects that are not known yet", () => {
  const levels = (...found: { level: string }[]) => found.map(({ level }) => level);
  it("leave open what a budget with an unknown selector may count", () => {
    const open = manifest("PodDisruptionBudget", { spec: { selector: undecided } });
    deepEqual(levels(...judge(hasBudget, [replicas(2), open])), ["undecided"]);
  });
  it("leave open how many must stay of an unknown number", () => {
    deepEqual(levels(...judge(evictable, [budget({ minAvailable: 2 }), replicas(undecided)])), ["undecided"]);
  });
  it("see an object whose name is not known", () => {
    const nameless = { ...budget({}), metadata: { name: undecided, namespace: "shop" } };
    equal(judge(hasBudget, [replicas(2), nameless]).length, 0);
  });
});
