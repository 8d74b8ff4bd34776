import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const program = `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", {
  policies: [{ name: "nothing", description: "Says nothing.", enforcementLevel: "mandatory", validateResource: () => {} }],
});
`;

/** Makes the least that a pack can be, compiled, with the SDK of this clone. */
export function emptyPack(folder: string): string {
  mkdirSync(folder);
  writeFileSync(join(folder, "index.js"), program);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", version: "0.1.0", main: "index.js" }));
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: { name: nodejs, options: { typescript: false } }\n");
  symlinkSync(resolve(import.meta.dirname, "../../node_modules"), join(folder, "node_modules"));
  return folder;
}
