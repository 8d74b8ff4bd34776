import { deepEqual } from "node:assert/strict";
import { guards } from "../../../cli/explain/guards.ts";
import * as palier from "../../../index.ts";
import { themes } from "../../../policies/themes.ts";

describe("what explain says of guards", () => {
  it("names rules that there are", () => {
    const rules = new Set(themes.flatMap((theme) => theme.rules).map(({ id }) => id));
    const named = Object.values(guards).flatMap((of) => Object.values(of).flat());
    deepEqual(
      named.filter((id) => !rules.has(id)),
      [],
    );
  });

  it("names components that there are", () => {
    deepEqual(
      Object.keys(guards).filter((kind) => !(kind in palier)),
      [],
    );
  });
});
