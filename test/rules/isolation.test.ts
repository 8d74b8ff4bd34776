import { deepEqual, equal } from "node:assert/strict";
import { environmentIsolation } from "../../core/rules/isolation/otherEnvironment.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { variables } from "./isolation.cases.ts";

describe("env-isolation, elsewhere", () => {
  const found = (stage: "staging" | "review", values: Record<string, unknown>) => {
    const one = variables(values);
    const [object] = kubernetesObjects(one.kind, new Field(one));
    return environmentIsolation.check({ object: object!, stage, review: "pr-7", inventory: new Inventory() });
  };
  it("refuses production's address in staging, and lets pass its own [DP-13 P-06]", () => {
    equal(
      found("staging", { API_URL: "https://production.avnir.studio" })[0]?.problem,
      "belongs by its name to production",
    );
    deepEqual(found("staging", { API_URL: "https://staging.avnir.studio", DB_NAME: "staging_db" }), []);
  });
  it("leaves production's data to the rule about that", () => {
    deepEqual(found("staging", { DATABASE_URL: "postgres://a@db/shop_prod" }), []);
  });
});
