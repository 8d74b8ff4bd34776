import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What is tested in Go itself: packages that need nothing of Kubernetes, so that no machine compiles it for them. */
const tested = ["./authority", "./cgroups"];

describe("the embedded node's own Go", function go() {
  this.timeout("3m");

  for (const folder of tested) {
    it(`passes its tests: ${folder}`, async () => {
      const cwd = join(import.meta.dirname, "../../local/cluster");
      const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
      const { stdout } = await promisify(execFile)("go", ["test", "-count=1", "-v", folder], { cwd, env });
      assert.match(stdout, /^--- PASS/m);
    });
  }
});
