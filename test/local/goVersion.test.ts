import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkGo, oldestGo } from "../../local/go-version.ts";

const root = resolve(import.meta.dirname, "../..");
const engine = join(root, "local/engine");

describe("the Go that a machine must have", () => {
  it("is what the README says", () => {
    assert.match(readFileSync(join(root, "README.md"), "utf8"), new RegExp(`Go ≥ ${oldestGo.replaceAll(".", "\\.")};`));
  });

  it("is enough, and so is a newer one", async () => {
    for (const version of [oldestGo, "1.26.8", "1.100.0", "2.0.0"]) await checkGo(engine, version);
  });

  it("is named where this machine's is older", async () => {
    for (const version of ["1.9.7", "1.24.13", "1.25.9"]) {
      await assert.rejects(checkGo(engine, version), {
        message: `Go ${version} is too old: ${oldestGo} or newer is needed.`,
      });
    }
  });
});
