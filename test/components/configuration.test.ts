import assert from "node:assert/strict";
import { settings } from "../../stacks/avnir/settings.ts";
import { avnir, images } from "../avnir.ts";
import { declared } from "../declared.ts";

describe("configuration", () => {
  it("tells every problem at once, each with its path", () =>
    assert.rejects(
      avnir("dev", { "avnir:colour": "blue", "avnir:nodePort": "99999", "palier:contxt": "x" }),
      (error: Error) =>
        /palier:contxt: unknown key; allowed: context/.test(error.message) &&
        /avnir:colour: unknown key; allowed: url/.test(error.message) &&
        /avnir:nodePort: .*65535/.test(error.message),
    ));

  it("refuses a list of origins without one, and a key too long to read in full", async () => {
    await assert.rejects(avnir("staging", { "avnir:cors": "[]" }), /avnir:cors: /);
    const long = `avnir:${"x".repeat(5000)}`;
    await assert.rejects(avnir("staging", { [long]: "1" }), (error: Error) => error.message.length < 1000);
  });

  it("refuses a secret inside a structured value, and does not print it", () =>
    assert.rejects(
      declared({ stack: "dev", secrets: { "avnir:featureFlags": '{"newPaymentFlow":"hush-hush"}' } }, () => settings()),
      (error: Error) => /avnir:featureFlags: holds a secret/.test(error.message) && !error.message.includes("hush"),
    ));

  it("needs the digest that the environment before runs, where nothing is built [C-11]", () =>
    assert.rejects(
      avnir("staging", { "avnir:images": JSON.stringify({ ...images, api: undefined }) }),
      /avnir:images\.api is not set in Pulumi\.staging\.yaml/,
    ));
});
