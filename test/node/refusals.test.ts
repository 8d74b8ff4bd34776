import assert from "node:assert/strict";
import { describeOnNode } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

/** What fails before any resource of it is checked; how the engine tells a failed check is tried with a wrong input. */
const refused: Record<string, [program: string, told: string]> = {
  "a component": [
    `import { yaml } from "@pulumi/kubernetes"; new yaml.v2.ConfigFile("file", { file: "none.yaml" });`,
    "the component kubernetes:yaml/v2:ConfigFile",
  ],
  "an option": [
    `import { Provider } from "@pulumi/kubernetes"; new Provider("rendering", { renderYamlToDirectory: "out" });`,
    "renderYamlToDirectory (rendering to a directory)",
  ],
};

describeOnNode("what the stand-ins do not have", (machine) => {
  let trial: TrialProject;

  before(async () => {
    trial = new TrialProject(machine, "refusals");
    trial.write("index.ts", "");
    const { code, output } = await trial.run("stack", "init", "dev");
    assert.equal(code, 0, output);
  });
  after(() => trial.remove());

  for (const [what, [program, told]] of Object.entries(refused)) {
    it(`the engine tells by name: ${what}`, async () => {
      trial.write("index.ts", program);
      const { code, output } = await trial.run("preview");
      assert.notEqual(code, 0);
      assert.ok(output.includes(`${told} is not in Palier's stand-in`), output);
    });
  }
});
