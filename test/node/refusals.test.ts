import assert from "node:assert/strict";
import { describeOnNode } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

const program = `
import * as docker from "@pulumi/docker";
import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
new random.RandomPet("pet");
new random.RandomUuid("uuid", { laterOption: 1 } as random.RandomUuidArgs);
new docker.Container("container", { image: "none" });
new k8s.Provider("rendering", { renderYamlToDirectory: "out" });
new k8s.yaml.v2.ConfigFile("file", { file: "none.yaml" });
new k8s.yaml.ConfigGroup("group", { yaml: "{}" });
`;

const refused = [
  "random:index/randomPet:RandomPet",
  "laterOption",
  "docker:index/container:Container",
  "renderYamlToDirectory (rendering to a directory)",
  "the component kubernetes:yaml/v2:ConfigFile",
  "the function kubernetes:yaml:decode",
];

describeOnNode("what the stand-ins do not have", (machine) => {
  let trial: TrialProject;

  before(async () => {
    trial = new TrialProject(machine, "refusals");
    trial.write("index.ts", program);
    await trial.run("stack", "init", "dev");
  });
  after(() => trial.remove());

  it("is told by the engine, whichever call of the protocol it came by", async () => {
    const { code, output } = await trial.run("up", "--yes", "--skip-preview", "--continue-on-error");
    assert.notEqual(code, 0);
    assert.deepEqual(refused.filter((one) => !output.includes(`${one} is not in Palier's stand-in`)), [], output);
  });
});
