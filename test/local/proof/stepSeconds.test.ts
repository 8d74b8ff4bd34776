import assert from "node:assert/strict";
import { stepSeconds } from "../../../local/proof/stepSeconds.ts";
import { elapsed } from "../../../local/steps.ts";

describe("what a command printed of its steps", () => {
  it("gives the seconds of each that ended well, as the steps and the bootstrap print them", () => {
    const printed = [
      "✓ npm        109.5 s ",
      `  engine     built pulumi: ${elapsed(209_000)}, 113 MB`,
      `✓ engine     ${elapsed(754_000)}`,
      "… cluster    [████░░░░] 16 %  26 min 06 s",
      `✗ cluster    ${elapsed(3_000)}  it did not come up`,
      "✓ pulumi up  39.9 s",
    ].join("\n");
    assert.deepEqual(stepSeconds(printed), { npm: 109.5, engine: 754, "pulumi up": 39.9 });
  });
});
