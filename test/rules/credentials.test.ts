import { deepEqual, equal } from "node:assert/strict";
import { secretMinLength } from "../../core/rules/secrets/minLength.ts";
import { secretAge } from "../../core/rules/secrets/secretAge.ts";
import { random, rotated, variables } from "./credentials.cases.ts";
import type { Manifest } from "./manifests.ts";
import { judge } from "./table.ts";

describe("secret-min-length, when it speaks", () => {
  it("says the lengths and never the value [MQ-25 AV-37 P-24]", () => {
    const [found] = judge(secretMinLength, variables({ JWT_SECRET: random(28) }));
    equal(found?.problem, "has 28 characters, at least 32 are needed");
    equal(found?.value, undefined);
  });
});

describe("secret-age, by a given clock", () => {
  const aged = (of: Manifest, now: string) => judge(secretAge, { around: { now: new Date(now) }, of });
  it("lets pass ninety days and refuses ninety-one [DP-91 MP-129 P-25]", () => {
    deepEqual(aged(rotated("2026-01-01"), "2026-04-01T23:00:00Z"), []);
    equal(aged(rotated("2026-01-01"), "2026-04-02T00:00:00Z")[0]?.problem, "is 91 days ago, more than 90");
  });
});
