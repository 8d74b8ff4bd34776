import { deepEqual, equal } from "node:assert/strict";
import { brokenFloors, floors } from "../../core/floors.ts";
import { profileOf, profiles } from "../../core/profile.ts";
import { noDebugInProduction } from "../../core/rules/debug/noDebugInProduction.ts";
import { headlineRules } from "../../core/rules/index.ts";
import { stages } from "../../core/stage.ts";

describe("a system's own profile", () => {
  it("has the environment's value where it says nothing", () => {
    for (const stage of stages) deepEqual(profileOf(stage, { debug: undefined, replicas: {} }), profiles[stage]);
    deepEqual(profileOf("dev", { replicas: { min: 3 } }).replicas, { min: 3, max: 3 });
    deepEqual(profileOf("production", { postgresResources: { memory: "4Gi" } }).postgresResources, {
      cpu: "500m",
      memory: "4Gi",
    });
  });

  it("may weaken nothing that an environment's floors hold [AV-10 DP-43]", () => {
    const weakest = {
      replicas: { min: 1 },
      minReadySeconds: 9,
      logLevel: "debug",
      debug: true,
      imagesByDigest: false,
      deletionProtection: false,
    } as const;
    const broken = (stage: (typeof stages)[number]) =>
      brokenFloors(stage, weakest).map(({ floor, value }) => `${floor.path} ${value}`);
    deepEqual(broken("dev"), []);
    deepEqual(broken("review"), []);
    deepEqual(broken("staging"), ["imagesByDigest false"]);
    deepEqual(broken("production"), [
      "imagesByDigest false",
      "replicas.min 1",
      "minReadySeconds 9",
      'logLevel "debug"',
      "debug true",
      "deletionProtection false",
    ]);
  });

  it("is by itself above them", () => {
    for (const stage of stages) deepEqual(brokenFloors(stage, {}), []);
  });

  it("is nowhere allowed what a rule that nobody configured refuses: debug switches where they are mandatory off", () => {
    for (const stage of stages) {
      const refused = noDebugInProduction.levels[stage] === "mandatory";
      equal(
        floors[stage].some(({ path }) => path === "debug"),
        refused,
        stage,
      );
    }
    equal(headlineRules.includes(noDebugInProduction), true);
  });
});
