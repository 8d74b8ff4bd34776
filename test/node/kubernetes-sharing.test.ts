import assert from "node:assert/strict";
import type { Provider } from "../../local/grpc/provider.ts";
import type { PropertyMap } from "../../local/grpc/values.ts";
import { configMap, deployment, deploymentType, KubernetesPlugin, map } from "./kubernetes-plugin.ts";
import { describeOnNode } from "./machine.ts";

describeOnNode("the stand-in for the kubernetes plugin, sharing objects with others", (machine) => {
  const plugin = new KubernetesPlugin(machine, "shared");
  const configured = (config: PropertyMap) => plugin.configured(config);
  const kubectl = (...args: string[]) => plugin.kubectl(...args);
  const resource = (type: string, name: string, by?: Provider) => plugin.resource(type, name, by);

  it("does not adopt what is there already, unless asked to", async () => {
    await kubectl("create", "configmap", "taken", "--from-literal=a=1");
    await assert.rejects(
      resource(configMap, "taken").create(map("taken", { a: "2" })),
      /already exists\. To adopt it import/,
    );
    assert.equal(await kubectl("get", "cm", "taken", "-o", "jsonpath={.data.a}"), "1");
    const upserting = configured({ upsertExistingObjects: "true" });
    const metadata = { annotations: { "pulumi.com/patchForce": "true" } };
    await resource(configMap, "taken", upserting).create(map("taken", { a: "2" }, metadata));
    assert.equal(await kubectl("get", "cm", "taken", "-o", "jsonpath={.data.a}"), "2");
  });

  it("refuses to overwrite a field that somebody else set, unless it is forced", async () => {
    const mutable = configured({ enableConfigMapMutable: "true" });
    const made = await resource(configMap, "fought", mutable).create(map("fought", { a: "1" }));
    await kubectl("patch", "cm", "fought", "--type=merge", "-p", '{"data":{"a":"theirs"}}', "--field-manager=somebody");
    const conflict =
      /ConfigMap ".*\/fought" was not \w+: Server-Side Apply field conflict detected: \.data\.a \(conflict with "somebody"/;
    await assert.rejects(made.update(map("fought", { a: "2" }), { preview: true }), conflict);
    await assert.rejects(made.update(map("fought", { a: "2" })), conflict);
    await made.update(map("fought", { a: "2" }, { annotations: { "pulumi.com/patchForce": "true" } }));
    assert.equal(await kubectl("get", "cm", "fought", "-o", "jsonpath={.data.a}"), "2");
  });

  it("keeps the live value of an ignored field, whoever owns it", async () => {
    const made = await resource(deploymentType, "scaled").create(deployment("scaled", { replicas: 2 }));
    const options = { ignoreChanges: ["spec.replicas"] };
    const changed = (step: number) => deployment("scaled", { replicas: 7, minReadySeconds: step });
    const replicas = () => kubectl("get", "deploy", "scaled", "-o", "jsonpath={.spec.replicas}");
    await made.update(changed(1), options);
    assert.equal(await replicas(), "2", "ours, unchanged");
    await kubectl("scale", "deploy", "scaled", "--replicas=5");
    await made.update(changed(2), options);
    assert.equal(await replicas(), "5", "theirs, left alone");
    await made.update(changed(3), options);
    assert.equal(await replicas(), "5", "theirs, left alone again");
  });

  it("removes what the program no longer says, and leaves what others added", async () => {
    const labels = (labels: PropertyMap) => map("shared", {}, { labels });
    const made = await resource(configMap, "shared").create(labels({ ours: "1", more: "1" }));
    await kubectl("label", "cm", "shared", "theirs=1");
    await made.update(labels({ ours: "1" }));
    assert.equal(
      await kubectl("get", "cm", "shared", "-o", "jsonpath={.metadata.labels}"),
      '{"ours":"1","theirs":"1"}',
    );
  });

  it("orphans, or takes the dependents with it, as deletionPropagationPolicy says", async () => {
    const orphaning = { "pulumi.com/skipAwait": "true", "pulumi.com/deletionPropagationPolicy": "orphan" };
    const sets = () => kubectl("get", "rs", "-l", "app=parent", "-o", "name");
    const parent = async (annotations?: PropertyMap) => {
      const made = await resource(deploymentType, "parent").create(deployment("parent", { replicas: 0 }, annotations));
      for (let tries = 0; (await sets()) === "" && tries < 50; tries++)
        await new Promise((done) => setTimeout(done, 100));
      return made;
    };
    await (await parent(orphaning)).delete();
    assert.match(await sets(), /parent/);
    await kubectl("delete", "rs", "-l", "app=parent");
    await (await parent({})).delete();
    assert.equal(await sets(), "");
  });

  it("changes some fields of another's object by a Patch resource, and gives them back", async () => {
    await kubectl("create", "configmap", "patched", "--from-literal=a=1");
    const patch = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "patched", labels: { ours: "1" } } };
    const labels = () => kubectl("get", "cm", "patched", "-o", "jsonpath={.metadata.labels}");
    const made = await resource("kubernetes:core/v1:ConfigMapPatch", "patched").create(patch);
    assert.equal(await labels(), '{"ours":"1"}');
    await made.update({ ...patch, metadata: { name: "patched", labels: { ours: "2" } } });
    assert.equal(await labels(), '{"ours":"2"}');
    await assert.rejects(
      resource("kubernetes:core/v1:ConfigMapPatch", "conflicting").create({ ...patch, data: { a: "2" } }),
      /conflict/,
    );
    await made.delete();
    assert.equal(await labels(), "");
    assert.equal(await kubectl("get", "cm", "patched", "-o", "jsonpath={.data.a}"), "1");
  });
});
