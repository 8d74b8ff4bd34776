import { deepEqual } from "node:assert/strict";
import { inputOf, subjects, whole } from "./inputs.ts";
import { varied } from "./kind.ts";
import { tried } from "./tally.ts";

/** As many of `npm run proof -- fuzz` as take a few seconds. */
const share = 1 / 40;

describe("a stack file or arguments of any kind", function () {
  this.timeout("3m");

  for (const what of subjects) {
    it(`give valid objects or one error with a path, and never show a secret: ${what} [DP-31]`, async () => {
      deepEqual((await tried(what, Math.ceil(whole[what] * share))).faults, []);
    });
  }

  it("are tried with every argument that there is, as it may be and as it may not", () => {
    for (const what of subjects) for (let number = 0; number < whole[what]; number++) inputOf(what, number);
    const missed = [...varied].filter(([, { within, beyond }]) => within === 0 || beyond === 0);
    deepEqual(
      missed.map(([argument]) => argument),
      [],
    );
  });
});
