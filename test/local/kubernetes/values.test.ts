import assert from "node:assert/strict";
import { ApiError } from "../../../core/cluster/apiError.ts";
import { Secret, unknown } from "../../../local/grpc/values.ts";
import { NoSuchKind } from "../../../local/plugins/kubernetes/api/api-error.ts";
import { checkpoint, fieldManagerOf, inputsOf } from "../../../local/plugins/kubernetes/checkpoint.ts";
import { keepIgnored } from "../../../local/plugins/kubernetes/ignore-changes.ts";
import { spelled } from "../../../local/plugins/kubernetes/inputs.ts";
import { withoutInventions } from "../../../local/plugins/kubernetes/inventions.ts";
import { importedInputs, liveInputs } from "../../../local/plugins/kubernetes/live-inputs.ts";
import { mergedFields } from "../../../local/plugins/kubernetes/managed-fields.ts";
import type { KubeObject } from "../../../local/plugins/kubernetes/model/object.ts";
import { parsePath } from "../../../local/plugins/kubernetes/model/property-path.ts";
import { quantity } from "../../../local/plugins/kubernetes/model/quantity.ts";
import { redact, secretTexts } from "../../../local/plugins/kubernetes/redact.ts";
import { refusal } from "../../../local/plugins/kubernetes/refusal.ts";
import { annotateSecrets } from "../../../local/plugins/kubernetes/secretness.ts";

function object(rest: object, metadata = {}): KubeObject {
  return { apiVersion: "v1", kind: "Thing", metadata: { name: "a", namespace: "n", ...metadata }, ...rest };
}

describe("kubernetes stand-in: values", () => {
  it("marks what was secret, and the contents of every Secret", () => {
    const outs = annotateSecrets(
      { spec: { a: "1", b: ["x"], c: { d: "2" } } },
      { spec: { a: new Secret("1"), b: [new Secret("x")], c: { d: "2" } } },
    );
    assert.deepEqual(outs, { spec: { a: new Secret("1"), b: new Secret(["x"]), c: { d: "2" } } });
    const secret = annotateSecrets({ kind: "Secret", data: { a: "MQ==" } }, {});
    assert.deepEqual(secret["data"], new Secret({ a: "MQ==" }));
    const kept = checkpoint(
      object({ kind: "Secret", data: { a: "MQ==" } }),
      { kind: "Secret", stringData: { a: "1" } },
      {},
      "me",
    );
    assert.deepEqual(kept["__inputs"], { kind: "Secret", stringData: new Secret({ a: "1" }) });
  });

  it("blackens secrets in every form in which a server may repeat them", () => {
    const secrets = secretTexts({
      kind: "Secret",
      data: { a: "aHVudGVyMjI=" },
      stringData: { b: new Secret("two\nlines") },
    });
    assert.equal(
      redact('bad: aHVudGVyMjI=, hunter22, two\\nlines, "lines"', secrets),
      'bad: [secret], [secret], [secret], "[secret]"',
    );
    const url = secretTexts({ kind: "Secret", stringData: { url: "postgres://me:p%40ss@db/x" } });
    assert.equal(redact("password p@ss of me", url), "password [secret] of me");
    assert.equal(redact("a 1 b", secretTexts({ spec: { a: new Secret("1"), open: "a 1 b" } })), "a 1 b");
  });

  it("remembers inputs and field manager in the state", () => {
    const state = checkpoint(object({}), { kind: "Thing" }, {}, "me");
    assert.deepEqual(inputsOf({}, state), { kind: "Thing" });
    assert.deepEqual(inputsOf({ kind: "Other" }, state), { kind: "Other" });
    assert.equal(fieldManagerOf({}, state), "me");
    assert.equal(
      fieldManagerOf({ metadata: { annotations: { "pulumi.com/patchFieldManager": "you" } } }, state),
      "you",
    );
    assert.match(fieldManagerOf({}, {}), /^pulumi-kubernetes-[0-9a-f]{8}$/);
  });

  it("drops nulls and writes dashes where the SDK can't, unknowns and secrets kept", () => {
    const given = { a: null, b: { x_kubernetes_int_or_string: true, c_d: unknown }, e: new Secret({ f: null }) };
    assert.deepEqual(spelled(given), { b: { "x-kubernetes-int-or-string": true, c_d: unknown }, e: new Secret({}) });
  });

  it("previews what the server will choose as unknown", () => {
    const spec = {
      type: "NodePort",
      clusterIP: "10.0.0.1",
      clusterIPs: ["10.0.0.1"],
      ports: [
        { port: 80, nodePort: 30001 },
        { port: 81, nodePort: 5 },
      ],
    };
    const made = { ...object({ kind: "Service", spec, status: {} }, { uid: "1", managedFields: [] }) };
    const masked = withoutInventions(made, {
      kind: "Service",
      spec: { ports: [{ port: 80 }, { port: 81, nodePort: 5 }] },
    });
    assert.deepEqual(masked["spec"], {
      type: "NodePort",
      clusterIP: unknown,
      clusterIPs: unknown,
      ports: [
        { port: 80, nodePort: unknown },
        { port: 81, nodePort: 5 },
      ],
    });
    assert.equal((masked["metadata"] as KubeObject["metadata"]).uid, unknown);
    assert.ok(!("status" in masked));
  });

  it("reads live values in the shape of the program", () => {
    const olds = { spec: { cpu: 1, limits: { cpu: "0.5" }, env: [], list: [{ name: "a" }], on: false, gone: "x" } };
    const live = object({
      spec: { cpu: 2, limits: { cpu: "500m" }, list: [{ name: "b", more: 1 }, { name: "injected" }], defaulted: 1 },
    });
    assert.deepEqual(liveInputs(live, olds), {
      spec: { cpu: 2, limits: { cpu: "0.5" }, env: [], list: [{ name: "b" }], on: false },
    });
    const secret = { kind: "Secret", stringData: { a: "1", b: "2" } };
    assert.deepEqual(liveInputs(object({ kind: "Secret", data: { a: "Mg==" } }), secret), {
      kind: "Secret",
      stringData: { a: "2" },
    });
  });

  it("imports what is there without what only the server writes", () => {
    const live = object(
      { spec: {}, status: {} },
      { uid: "1", annotations: { "deployment.kubernetes.io/revision": "1" } },
    );
    assert.deepEqual(importedInputs(live), {
      apiVersion: "v1",
      kind: "Thing",
      metadata: { name: "a", namespace: "n" },
      spec: {},
    });
  });

  it("sends an ignored field with its live value if it is ours, and not at all if it is only theirs", () => {
    const entry = (manager: string, fields: object) => ({
      manager,
      operation: "Update",
      fieldsV1: { "f:spec": fields },
    });
    const managedFields = [entry("me", { "f:ours": {}, "f:both": {} }), entry("hpa", { "f:theirs": {}, "f:both": {} })];
    const live = object({ spec: { ours: 5, theirs: 5, both: 5, nobodys: 5 } }, { managedFields });
    const sent = keepIgnored(
      object({ spec: { ours: 1, theirs: 1, both: 1 } }),
      live,
      ["spec.ours", "spec.theirs", "spec.both", "spec.nobodys", "spec.absent"],
      "me",
    );
    assert.deepEqual(sent["spec"], { ours: 5, both: 5, nobodys: 5 });
  });

  it("takes over the fields of its own create, and nobody else's", () => {
    const entry = (manager: string, operation: string, fieldsV1: object, more = {}) => ({
      manager,
      operation,
      fieldsV1,
      ...more,
    });
    const scale = entry("me", "Update", { "f:spec": { "f:replicas": {} } }, { subresource: "scale" });
    const other = entry("other", "Update", { "f:x": {} });
    const managedFields = [
      entry("me", "Update", { "f:spec": { "f:a": {} } }),
      entry("me", "Apply", { "f:spec": { "f:b": {} } }),
      other,
      scale,
    ];
    const merged = mergedFields(object({}, { managedFields }), "me");
    assert.deepEqual(
      merged?.map(({ manager, operation, fieldsV1 }) => [manager, operation, fieldsV1]),
      [
        ["other", "Update", { "f:x": {} }],
        ["me", "Update", { "f:spec": { "f:replicas": {} } }],
        ["me", "Apply", { "f:spec": { "f:b": {}, "f:a": {} } }],
      ],
    );
    assert.equal(mergedFields(object({}, { managedFields: [other] }), "me"), undefined);
  });

  it("reads quantities and paths", () => {
    assert.deepEqual(["1", "0.5", "500m", "1Gi", "1e3", "x", "1GB"].map(quantity), [
      1,
      0.5,
      0.5,
      2 ** 30,
      1000,
      undefined,
      undefined,
    ]);
    assert.deepEqual(parsePath('a.b[0]["c.d"].e[*]'), ["a", "b", 0, "c.d", "e", "*"]);
  });

  it("makes one line of a refusal", () => {
    const details = { causes: [{ field: "spec.a", message: "Invalid value: -1: too small" }] };
    const invalid = new ApiError(422, { reason: "Invalid", message: "long\nwinded", details }, "POST /");
    assert.equal(
      refusal(invalid, "created", object({}), {}).message,
      'Thing "n/a" was not created, the API server refused it: spec.a: Invalid value: -1: too small',
    );
    assert.match(
      refusal(new NoSuchKind("x/v1", "Thing"), "created", object({}), {}).message,
      /knows no kind Thing in x\/v1/,
    );
  });
});
