import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { readRun } from "../../render/project.ts";
import { openSecure } from "../../render/secure.ts";

const standIn = (key: string) => `for-${key}`;
const secure = "v1:aaaa:bbbb";

describe("a secure value of a stack file", () => {
  const cases: [string, unknown, unknown, string[]][] = [
    ["at the top", { secure }, "for-KEY", ["for-KEY"]],
    ["in an object", { user: "me", password: { secure } }, { user: "me", password: "for-password" }, ["for-password"]],
    ["in a list", ["open", { secure }], ["open", "for-KEY"], ["for-KEY"]],
    ["deep down", { a: [{ b: { secure } }] }, { a: [{ b: "for-b" }] }, ["for-b"]],
    ["beside other keys, where it is none", { secure, more: 1 }, { secure, more: 1 }, []],
    ["that is no text, and so none", { secure: true }, { secure: true }, []],
    ["in nothing", null, null, []],
  ];
  for (const [where, given, value, standIns] of cases) {
    it(`is seen ${where}`, () => deepEqual(openSecure("KEY", given, standIn), { value, standIns }));
  }

  it("makes the key that it stands in a secret, as Pulumi does, and only its stand-in what may not be printed", () => {
    const run = readRun(join(import.meta.dirname, "projects/nested"), "staging", {});
    deepEqual(run.secretKeys, ["nested:login"]);
    deepEqual(
      run.secrets.map((value) => value.slice(0, 22)),
      ["stands-in-for-password"],
    );
    equal(JSON.parse(run.config["nested:login"]!).user, "me");
  });
});
