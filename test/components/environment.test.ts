import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";

const make = (stack: string, config: Record<string, string> = {}, args: palier.EnvironmentArgs = {}) =>
  declared({ stack, config }, () => {
    new palier.Environment("shop", args);
  });

describe("Environment", () => {
  it("has a namespace of its own, closed by default and restricted [DP-13 DP-90]", async () => {
    const resources = await make("development");
    const { metadata } = find(resources, "kubernetes:core/v1:Namespace", "shop-namespace").inputs;
    assert.equal(metadata.name, "shop-development");
    assert.equal(metadata.labels["palier.dev/environment"], "dev");
    assert.equal(metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
    const { spec } = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-closed").inputs;
    assert.deepEqual(spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  it("takes a stack's name for what it means [C-65]", async () => {
    for (const [stack, stage] of [
      ["prod", "production"],
      ["préprod", "staging"],
      ["pr-12", "review"],
    ] as const) {
      const { metadata } = find(
        await make(stack, {}, { namespace: "x" }),
        "kubernetes:core/v1:Namespace",
        "shop-namespace",
      ).inputs;
      assert.equal(metadata.labels["palier.dev/environment"], stage);
    }
  });

  it("refuses a stack's name that means nothing, with those that do", () =>
    assert.rejects(make("qa"), /"qa" stands for no environment; give one of dev, .* or pr-<number>/));

  it("refuses to touch a cluster that was not named", () =>
    assert.rejects(make("dev", { "palier:context": "" }), /palier:context is not set: Palier never touches a cluster/));

  it("refuses to run on a merge that its stack file has moved on from", () =>
    assert.rejects(
      make("dev", { "palier:merged": JSON.stringify({ from: "Pulumi.dev.yaml", sha256: "0" }) }),
      /Pulumi\.dev\.yaml has changed since it was merged .* Type: eval/,
    ));
});
