import assert from "node:assert/strict";
import { type PropertyMap, Secret, unknown } from "../../../local/grpc/values.ts";
import { compare } from "../../../local/plugins/kubernetes/diff.ts";

const frozen = { enableSecretMutable: false, enableConfigMapMutable: false };
const mutable = { enableSecretMutable: true, enableConfigMapMutable: true };

function changes(
  olds: PropertyMap,
  news: PropertyMap,
  more: { type?: string; ignore?: string[]; mutable?: boolean } = {},
) {
  const { type = "kubernetes:x:Y", ignore: ignoreChanges = [] } = more;
  return compare({ type, olds, news, ignoreChanges }, true, more.mutable ? mutable : frozen).detailed;
}

function object(apiVersion: string, kind: string, rest: PropertyMap): PropertyMap {
  return { apiVersion, kind, metadata: { name: "a" }, ...rest };
}

describe("kubernetes stand-in: diff", () => {
  const rows: [string, string, PropertyMap, PropertyMap, string, string][] = [
    [
      "apps/v1",
      "Deployment",
      { spec: { selector: { matchLabels: { a: "1" } } } },
      { spec: { selector: { matchLabels: { a: "2" } } } },
      "spec.selector.matchLabels.a",
      "updateReplace",
    ],
    ["apps/v1", "Deployment", { spec: { replicas: 1 } }, { spec: { replicas: 2 } }, "spec.replicas", "update"],
    ["apps/v1", "Deployment", {}, { spec: { selector: { matchLabels: {} } } }, "spec", "addReplace"],
    ["apps/v1", "Deployment", {}, { spec: { replicas: 2 } }, "spec", "add"],
    [
      "apps/v1",
      "StatefulSet",
      { spec: { serviceName: "a" } },
      { spec: { serviceName: "b" } },
      "spec.serviceName",
      "updateReplace",
    ],
    [
      "apps/v1",
      "StatefulSet",
      { spec: { template: { a: 1 } } },
      { spec: { template: { a: 2 } } },
      "spec.template.a",
      "update",
    ],
    [
      "batch/v1",
      "Job",
      { spec: { template: { spec: { a: 1 } } } },
      { spec: { template: { spec: { a: 2 } } } },
      "spec.template.spec.a",
      "updateReplace",
    ],
    ["batch/v1", "Job", { spec: { backoffLimit: 1 } }, { spec: { backoffLimit: 2 } }, "spec.backoffLimit", "update"],
    [
      "v1",
      "Pod",
      { spec: { containers: [{ image: "a" }] } },
      { spec: { containers: [{ image: "b" }] } },
      "spec.containers[0].image",
      "updateReplace",
    ],
    [
      "v1",
      "PersistentVolumeClaim",
      { spec: { storageClassName: "a" } },
      { spec: { storageClassName: "b" } },
      "spec.storageClassName",
      "updateReplace",
    ],
    [
      "v1",
      "PersistentVolumeClaim",
      { spec: { resources: { requests: { storage: "1Gi" } } } },
      { spec: { resources: { requests: { storage: "2Gi" } } } },
      "spec.resources.requests.storage",
      "update",
    ],
    ["v1", "Service", { spec: { clusterIP: "None" } }, { spec: {} }, "spec.clusterIP", "deleteReplace"],
    ["v1", "ConfigMap", { data: { a: "1" } }, { data: { a: "2" } }, "data.a", "updateReplace"],
    ["v1", "Secret", { type: "a" }, { type: "b" }, "type", "updateReplace"],
    [
      "rbac.authorization.k8s.io/v1",
      "RoleBinding",
      { roleRef: { name: "a" } },
      { roleRef: { name: "b" } },
      "roleRef.name",
      "updateReplace",
    ],
    ["storage.k8s.io/v1", "StorageClass", { provisioner: "a" }, { provisioner: "b" }, "provisioner", "updateReplace"],
    ["example.com/v1", "Thing", { spec: { selector: "a" } }, { spec: { selector: "b" } }, "spec.selector", "update"],
  ];
  for (const [apiVersion, kind, olds, news, path, expected] of rows) {
    it(`${kind}: ${path} is ${expected}`, () => {
      assert.deepEqual(changes(object(apiVersion, kind, olds), object(apiVersion, kind, news)), { [path]: expected });
    });
  }

  it("a new name or namespace is a new object", () => {
    const moved = { ...object("v1", "ConfigMap", {}), metadata: { name: "b", namespace: "c" } };
    const expected = { "metadata.name": "updateReplace", "metadata.namespace": "updateReplace" };
    assert.deepEqual(changes(object("v1", "ConfigMap", {}), moved), expected);
  });

  it("a Secret is compared as the server keeps it, and named as the program does", () => {
    const given = object("v1", "Secret", { stringData: new Secret({ a: "1" }) });
    assert.deepEqual(changes(object("v1", "Secret", { data: { a: "MQ==\n" } }), given), {});
    assert.deepEqual(changes(given, object("v1", "Secret", { stringData: { a: "2" } })), {
      "stringData.a": "updateReplace",
    });
    assert.deepEqual(changes(given, object("v1", "Secret", { stringData: { a: "2" } }), { mutable: true }), {
      "stringData.a": "update",
    });
    assert.deepEqual(changes(given, object("v1", "Secret", { stringData: unknown })), { stringData: "updateReplace" });
    const immutable = { stringData: { a: "2" }, immutable: true };
    assert.equal(
      changes(given, object("v1", "Secret", immutable), { mutable: true })?.["stringData.a"],
      "updateReplace",
    );
  });

  it("contents are changed in place where they are mutable, unless the object itself is frozen", () => {
    for (const kind of ["ConfigMap", "Secret"]) {
      const [olds, news] = [object("v1", kind, { data: { a: "MQ==" } }), object("v1", kind, { data: { a: "Mg==" } })];
      assert.deepEqual(changes(olds, news), { "data.a": "updateReplace" });
      assert.deepEqual(changes(olds, news, { mutable: true }), { "data.a": "update" });
      assert.deepEqual(changes(olds, { ...news, immutable: true }, { mutable: true })?.["data.a"], "updateReplace");
    }
  });

  it("what means the same is no change", () => {
    const limits = (cpu: string) => object("v1", "Thing", { spec: { limits: { cpu, memory: "1Gi" } } });
    assert.deepEqual(changes(limits("0.5"), limits("500m")), {});
    const label = (version: string) => object("v1", "Thing", { spec: { labels: { version } } });
    assert.deepEqual(changes(label("1.0"), label("1")), { "spec.labels.version": "update" });
    assert.deepEqual(changes(object("v1", "Thing", { spec: null }), object("v1", "Thing", {})), {});
    const read = { ...object("v1", "Thing", {}), metadata: { name: "a", namespace: "default", uid: "1" } };
    assert.deepEqual(changes(object("v1", "Thing", {}), read), {});
  });

  it("an ignored path hides what is in it", () => {
    const [olds, news] = [1, 2].map((n) =>
      object("apps/v1", "Deployment", { spec: { replicas: n, paused: n === 2 } }),
    ) as [PropertyMap, PropertyMap];
    assert.deepEqual(changes(olds, news, { ignore: ["spec.replicas"] }), { "spec.paused": "update" });
    assert.deepEqual(changes(olds, news, { ignore: ["spec"] }), {});
  });

  it("a Patch resource changes in place whatever its object may", () => {
    const [olds, news] = ["1", "2"].map((a) => object("v1", "ConfigMap", { data: { a } })) as [
      PropertyMap,
      PropertyMap,
    ];
    assert.deepEqual(changes(olds, news, { type: "kubernetes:core/v1:ConfigMapPatch" }), { "data.a": "update" });
  });

  it("keys with dots are quoted", () => {
    const annotated = (value: string) => ({
      ...object("v1", "Thing", {}),
      metadata: { name: "a", annotations: { "a.b/c": value } },
    });
    assert.deepEqual(changes(annotated("1"), annotated("2")), { 'metadata.annotations["a.b/c"]': "update" });
  });
});
