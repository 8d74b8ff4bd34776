import assert from "node:assert/strict";
import type { PropertyMap } from "../../local/grpc/values.ts";
import { at } from "../../local/plugins/kubernetes/model/object.ts";
import { configMap, KubernetesPlugin, map } from "./kubernetes-plugin.ts";
import { describeOnNode } from "./machine.ts";

describeOnNode("the stand-in for the kubernetes plugin, told by annotations and options", (machine) => {
  const plugin = new KubernetesPlugin(machine, "told");
  const kubectl = (...args: string[]) => plugin.kubectl(...args);

  it("writes in the name that patchFieldManager gives", async () => {
    await kubectl("create", "configmap", "managed");
    const metadata = { annotations: { "pulumi.com/patchFieldManager": "night-shift" }, labels: { a: "1" } };
    const patch = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "managed", ...metadata } };
    await plugin.resource("kubernetes:core/v1:ConfigMapPatch", "managed").create(patch);
    const managers = await kubectl(
      "get",
      "cm",
      "managed",
      "--show-managed-fields",
      "-o",
      "jsonpath={.metadata.managedFields[*].manager}",
    );
    assert.ok(managers.split(" ").includes("night-shift"), managers);
  });

  it("takes over fields of others everywhere with enablePatchForce", async () => {
    const forcing = plugin.configured({ enablePatchForce: "true", enableConfigMapMutable: "true" });
    const made = await plugin.resource(configMap, "forced", forcing).create(map("forced", { a: "1" }));
    await kubectl("patch", "cm", "forced", "--type=merge", "-p", '{"data":{"a":"theirs"}}', "--field-manager=somebody");
    await made.update(map("forced", { a: "2" }));
    assert.equal(await kubectl("get", "cm", "forced", "-o", "jsonpath={.data.a}"), "2");
  });

  it("replaces a Job that is not complete where replaceUnready asks for it", async () => {
    const template = {
      spec: { restartPolicy: "Never", schedulerName: "nobody", containers: [{ name: "main", image: "none" }] },
    };
    const job = (annotations: PropertyMap) => ({
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "unready", annotations: { "pulumi.com/skipAwait": "true", ...annotations } },
      spec: { template },
    });
    const asking = job({ "pulumi.com/replaceUnready": "true" });
    const made = await plugin.resource("kubernetes:batch/v1:Job", "unready").create(asking);
    const diff = await made.diff(asking);
    assert.deepEqual(diff.detailed, { 'metadata.annotations["pulumi.com/replaceUnready"]': "updateReplace" });
    assert.equal((await made.diff(job({}))).detailed?.['metadata.annotations["pulumi.com/replaceUnready"]'], "delete");
  });

  it("lets the API server make the name that generateName asks for, and keeps it", async () => {
    const made = await plugin
      .resource(configMap, "generated")
      .create({ apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "gen-" } });
    const name = String(at(made.outputs, "metadata", "name"));
    assert.match(name, /^gen-.+/);
    await made.update({ apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "gen-", labels: { a: "1" } } });
    assert.equal(await kubectl("get", "cm", name, "-o", "jsonpath={.metadata.labels.a}"), "1");
    await made.delete();
  });
});
