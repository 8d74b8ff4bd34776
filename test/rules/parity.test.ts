import { deepEqual, match } from "node:assert/strict";
import { envParity } from "../../core/rules/parity/envParity.ts";
import { shapeOf } from "../../core/rules/parity/shape.ts";
import { Field, Secret, undecided } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { manifest, withContainer } from "./manifests.ts";
import { judge } from "./table.ts";

const stack = manifest("Stack", {}, { name: "shop-production" });
const web = {
  kind: "Deployment",
  name: "web",
  containers: { api: { image: "api:1", variables: ["A"], open: false } },
  fixed: {},
};
const record = { version: 1 as const, system: "shop", environment: "staging", workloads: { web } };
const told = (fields: object) =>
  judge(envParity, {
    around: { shapes: { before: { environment: "staging", record } } },
    of: [stack, withContainer({ image: "api:1", env: [{ name: "A", value: "x" }], ...fields })],
  }).map(({ level, field }) => `${level} ${field}`);

describe("parity with the environment before", () => {
  it("is not decided where nothing is on record of that, and says so [AV-13 P-08]", () => {
    const [found] = judge(envParity, { around: { shapes: { before: { environment: "staging" } } }, of: stack });
    deepEqual(found?.level, "undecided");
    match(found!.problem, /nothing is on record of staging/);
  });

  it("is not decided of an image that is not known, nor of variables that may still come [P-08]", () => {
    deepEqual(told({ image: undecided }), ['undecided Deployment "web" image']);
    deepEqual(told({ env: undecided }), ['undecided Deployment "web" env']);
    deepEqual(told({ env: [], envFrom: [{ secretRef: { name: "elsewhere" } }] }), ['undecided Deployment "web" env']);
  });

  it("keeps no value and no secret on record [P-08]", () => {
    const env = [
      { name: "PASSWORD", value: "hunter2" },
      { name: new Secret("hunter2"), value: "hunter2" },
    ];
    const secretive = withContainer({ image: new Secret("hunter2"), env });
    const [object] = kubernetesObjects(
      "Deployment",
      new Field({
        ...secretive,
        spec: { ...(secretive["spec"] as object), selector: new Secret({ matchLabels: { app: "hunter2" } }) },
      }),
    );
    const inventory = new Inventory();
    inventory.add(object!);
    deepEqual(
      inventory.all().map((one) => shapeOf(one, inventory)),
      [
        {
          kind: "Deployment",
          name: "web",
          containers: { api: { image: undefined, variables: ["PASSWORD"], open: true } },
          fixed: {},
        },
      ],
    );
  });
});
