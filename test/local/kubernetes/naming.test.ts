import assert from "node:assert/strict";
import { Secret, unknown } from "../../../local/grpc/values.ts";
import { suffix, withName, withNamespace } from "../../../local/plugins/kubernetes/naming.ts";

const seed = new TextEncoder().encode("seed");
const request = { name: "web", randomSeed: seed };
const autonamed = { "pulumi.com/autonamed": "true" };

describe("kubernetes stand-in: names", () => {
  it("adds eight digits that depend on the seed only", () => {
    const named = withName({ kind: "ConfigMap" }, request);
    assert.deepEqual(named["metadata"], { name: `web-${suffix(seed)}`, annotations: autonamed });
    assert.match(suffix(seed), /^[0-9a-f]{8}$/);
    assert.equal(suffix(seed), suffix(new TextEncoder().encode("seed")));
    assert.notEqual(suffix(new Uint8Array()), suffix(new Uint8Array()));
  });

  it("keeps a name that was made before, and only such a one", () => {
    const olds = { metadata: { name: "web-00000000", annotations: autonamed } };
    const kept = withName({ metadata: { labels: { a: "b" } } }, { ...request, olds });
    assert.deepEqual(kept["metadata"], { labels: { a: "b" }, name: "web-00000000", annotations: autonamed });
    assert.deepEqual(withName({}, { ...request, olds: { metadata: { name: "explicit" } } }), {});
  });

  it("leaves given, generated and unknown names alone, and names inside of a secret", () => {
    for (const metadata of [{ name: "x" }, { name: unknown }, { generateName: "x-" }, unknown]) {
      assert.deepEqual(withName({ metadata }, request), { metadata });
    }
    const secret = withName({ metadata: new Secret({ labels: {} }) }, request)["metadata"];
    assert.ok(secret instanceof Secret && (secret.value as { name: string }).name.startsWith("web-"));
  });

  it("takes the name that the stack's autonaming proposes, or none where that is switched off", () => {
    const proposed = withName({}, { ...request, autonaming: { proposedName: "web", mode: "enforce" } });
    assert.deepEqual(proposed["metadata"], { name: "web", annotations: autonamed });
    assert.deepEqual(withName({}, { ...request, autonaming: { proposedName: "", mode: "disable" } }), {});
  });

  it("adds the namespace where none is given", () => {
    assert.deepEqual(withNamespace({ metadata: { name: "a" } }, "shop"), {
      metadata: { name: "a", namespace: "shop" },
    });
    assert.deepEqual(withNamespace({ metadata: { namespace: "b" } }, "shop"), { metadata: { namespace: "b" } });
  });
});
