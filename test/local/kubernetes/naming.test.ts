import assert from "node:assert/strict";
import { Secret, unknown } from "../../../local/grpc/values.ts";
import { suffix, withName, withNamespace } from "../../../local/plugins/kubernetes/naming.ts";

const seed = new TextEncoder().encode("seed");
const autonamed = { "pulumi.com/autonamed": "true" };

describe("kubernetes stand-in: names", () => {
  it("adds eight digits that depend on the seed only", () => {
    const named = withName({ kind: "ConfigMap" }, undefined, "web", seed);
    assert.deepEqual(named["metadata"], { name: `web-${suffix(seed)}`, annotations: autonamed });
    assert.match(suffix(seed), /^[0-9a-f]{8}$/);
    assert.equal(suffix(seed), suffix(new TextEncoder().encode("seed")));
    assert.notEqual(suffix(new Uint8Array()), suffix(new Uint8Array()));
  });

  it("keeps a name that was made before, and only such a one", () => {
    const old = { metadata: { name: "web-00000000", annotations: autonamed } };
    const kept = withName({ metadata: { labels: { a: "b" } } }, old, "web", seed);
    assert.deepEqual(kept["metadata"], { labels: { a: "b" }, name: "web-00000000", annotations: autonamed });
    assert.deepEqual(withName({}, { metadata: { name: "explicit" } }, "web", seed), {});
  });

  it("leaves given, generated and unknown names alone, and names inside of a secret", () => {
    for (const metadata of [{ name: "x" }, { name: unknown }, { generateName: "x-" }, unknown]) {
      assert.deepEqual(withName({ metadata }, undefined, "web", seed), { metadata });
    }
    const secret = withName({ metadata: new Secret({ labels: {} }) }, undefined, "web", seed)["metadata"];
    assert.ok(secret instanceof Secret && (secret.value as { name: string }).name.startsWith("web-"));
  });

  it("adds the namespace where none is given", () => {
    assert.deepEqual(withNamespace({ metadata: { name: "a" } }, "shop"), {
      metadata: { name: "a", namespace: "shop" },
    });
    assert.deepEqual(withNamespace({ metadata: { namespace: "b" } }, "shop"), { metadata: { namespace: "b" } });
  });
});
