import assert from "node:assert/strict";
import { warnings } from "../../../local/plugins/kubernetes/advise.ts";

const annotated = (annotations: Record<string, string>) => ({ metadata: { annotations } });

describe("kubernetes stand-in: advice", () => {
  it("warns of an annotation that is the provider's own", () => {
    const own = warnings(annotated({ "pulumi.com/autonamed": "true" }), { suppressHelmHookWarnings: false });
    assert.deepEqual(own, ['ignoring user-specified value for internal annotation "pulumi.com/autonamed"']);
    assert.deepEqual(warnings(annotated({ "pulumi.com/skipAwait": "true" }), { suppressHelmHookWarnings: false }), []);
  });

  it("warns of hooks of Helm, which are not run, unless told not to", () => {
    const hooked = annotated({ "helm.sh/hook": "test" });
    assert.match(warnings(hooked, { suppressHelmHookWarnings: false })[0]!, /^helm\.sh\/hook: .* not run/);
    assert.deepEqual(warnings(hooked, { suppressHelmHookWarnings: true }), []);
  });
});
