import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ResourceInitFailed } from "../../local/grpc/failure.ts";
import type { Provider } from "../../local/grpc/provider.ts";
import { type PropertyMap, Secret, unknown } from "../../local/grpc/values.ts";
import { at } from "../../local/plugins/kubernetes/model/object.ts";
import { configMap, deployment, deploymentType, KubernetesPlugin, map } from "./kubernetes-plugin.ts";
import { describeOnNode } from "./machine.ts";

describeOnNode("the stand-in for the kubernetes plugin, against the API server", (machine) => {
  const plugin = new KubernetesPlugin(machine, "plugin");
  const { namespace } = plugin;
  const configured = (config: PropertyMap) => plugin.configured(config);
  const kubectl = (...args: string[]) => plugin.kubectl(...args);
  const resource = (type: string, name: string, by?: Provider) => plugin.resource(type, name, by);

  it("creates, reads without a change, updates and deletes", async () => {
    const made = await resource(configMap, "plain", configured({ enableConfigMapMutable: "true" })).create(
      map("plain", { a: "1" }),
    );
    assert.equal(made.id, `${namespace}/plain`);
    assert.deepEqual((await made.read())?.inputs, made.inputs);
    assert.deepEqual((await made.diff(map("plain", { a: "1" }))).changes, false);
    assert.deepEqual((await made.diff(map("plain", { a: "2" }))).detailed, { "data.a": "update" });
    await made.update(map("plain", { b: "2" }));
    assert.equal(await kubectl("get", "cm", "plain", "-o", "jsonpath={.data}"), '{"b":"2"}');
    await made.delete();
    assert.equal(await made.read(), undefined);
    await made.delete();
  });

  it("makes a name, keeps it, and gives another one to a replacement", async () => {
    const unnamed = { apiVersion: "v1", kind: "ConfigMap", data: { a: "1" } };
    const made = await resource(configMap, "auto").create(unnamed);
    assert.match(made.id, /\/auto-[0-9a-f]{8}$/);
    assert.equal((await made.diff(unnamed)).changes, false);
    const replaced = await made.diff({ ...unnamed, data: { a: "2" } });
    assert.deepEqual(replaced.detailed, { "data.a": "updateReplace" });
    assert.equal(replaced.deleteBeforeReplace, false);
    await made.delete();
  });

  it("previews by a dry run, without what the server makes up", async () => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "previewed" },
      spec: { type: "NodePort", ports: [{ port: 80 }] },
    };
    const outputs = await resource("kubernetes:core/v1:Service", "previewed").previewCreate(service);
    assert.equal(at(outputs, "spec", "clusterIP"), unknown);
    assert.equal(at(outputs, "spec", "ports", 0, "nodePort"), unknown);
    assert.equal(at(outputs, "spec", "ports", 0, "protocol"), "TCP");
    assert.equal(at(outputs, "metadata", "uid"), unknown);
    assert.equal(outputs["status"], undefined);
    const elsewhere = { ...service, metadata: { name: "previewed", namespace: "not-there-yet" } };
    const bare = await resource("kubernetes:core/v1:Service", "previewed").previewCreate(elsewhere);
    assert.equal(at(bare, "spec", "type"), "NodePort");
    assert.equal(at(bare, "spec", "clusterIP"), unknown);
    const misspelt = { ...service, spec: { ...service.spec, selectr: {} } };
    await assert.rejects(
      resource("kubernetes:core/v1:Service", "previewed").previewCreate(misspelt),
      /Service ".*\/previewed" was not previewed, the API server refused it: .*unknown field "spec\.selectr"/,
    );
  });

  it("says in one line which field the API server refuses", async () => {
    await assert.rejects(
      resource(deploymentType, "wrong").create(deployment("wrong", { replicas: -1 })),
      (error: Error) => /spec\.replicas: Invalid value: -1/.test(error.message) && !error.message.includes("\n"),
    );
  });

  it("keeps the contents of Secrets out of errors and marks them in outputs", async () => {
    const secret = (data: PropertyMap, more: PropertyMap = {}) => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "kept" },
      stringData: data,
      ...more,
    });
    const type = "kubernetes:core/v1:Secret";
    const made = await resource(type, "kept").create(secret({ password: "hunter22" }));
    assert.ok(made.outputs["data"] instanceof Secret && made.inputs["stringData"] instanceof Secret);
    assert.equal((await made.diff(secret({ password: "hunter22" }))).changes, false);
    assert.deepEqual((await made.diff(secret({ password: "hunter23" }))).detailed, {
      "stringData.password": "updateReplace",
    });
    assert.deepEqual((await made.read())?.inputs, made.inputs);
    const labelled = { ...map("leaky", {}), metadata: { name: "leaky", labels: { a: new Secret("hun ter!") } } };
    await assert.rejects(resource(configMap, "leaky").create(labelled), (error: Error) => {
      return /Invalid value: "\[secret\]"/.test(error.message) && !error.message.includes("hun ter");
    });
  });

  it("replaces by the official rules, and first deletes what has a fixed name", async () => {
    const made = await resource(deploymentType, "fixed").create(deployment("fixed", { replicas: 0 }));
    const other = deployment("fixed", { replicas: 0, selector: { matchLabels: { app: "fixed", v: "2" } } });
    const diff = await made.diff(other);
    assert.deepEqual(diff.detailed, { "spec.selector.matchLabels.v": "addReplace" });
    assert.equal(diff.deleteBeforeReplace, true);
    const renamed = await made.diff(deployment("fixed2", { replicas: 0, selector: { matchLabels: { app: "fixed" } } }));
    assert.equal(renamed.detailed?.["metadata.name"], "updateReplace");
    assert.equal(renamed.deleteBeforeReplace, false);
    assert.equal((await made.diff(deployment("fixed", { replicas: 3 }))).detailed?.["spec.replicas"], "update");
    await made.delete();
  });

  it("waits as waitFor says, for a condition or a field", async () => {
    const waiting = (expression: string) =>
      map("awaited", { a: "1" }, { annotations: { "pulumi.com/waitFor": expression } });
    const later = setTimeout(() => void kubectl("label", "cm", "awaited", "phase=Running"), 1500);
    try {
      const made = await resource(configMap, "awaited").create(
        waiting("jsonpath={.metadata.labels.phase}=Running"),
        20,
      );
      assert.equal(at(made.outputs, "metadata", "labels", "phase"), "Running");
      await made.delete();
    } finally {
      clearTimeout(later);
    }
    await assert.rejects(resource(configMap, "awaited").create(waiting("phase=Running")), /expected a "jsonpath="/);
    await kubectl("delete", "cm", "awaited");
  });

  it("fails after timeoutSeconds, keeps what was made, and checks again at a refresh", async () => {
    const annotations = { "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "1" };
    const driven = resource(configMap, "late");
    const failure = await driven.create(map("late", { a: "1" }, { annotations })).catch((error: unknown) => error);
    assert.ok(failure instanceof ResourceInitFailed);
    assert.equal(failure.id, `${namespace}/late`);
    assert.match(
      failure.reasons[0]!,
      /ConfigMap ".*\/late" timed out waiting to be Ready after 1 s: condition Ready=True/,
    );
    Object.assign(driven, { id: failure.id, inputs: failure.inputs, outputs: failure.outputs });
    await assert.rejects(driven.read(), ResourceInitFailed);
    await driven.delete();
  });

  it("waits for the end of what it deletes, and says what holds it", async () => {
    const held = (annotations: PropertyMap) => map("held", {}, { finalizers: ["palier.dev/held"], annotations });
    const made = await resource(configMap, "held").create(held({ "pulumi.com/timeoutSeconds": "1" }));
    await assert.rejects(
      made.delete(),
      /timed out after 1 s waiting for ConfigMap ".*\/held" to be deleted: .*palier\.dev\/held/,
    );
    await kubectl("patch", "cm", "held", "--type=json", "-p", '[{"op":"remove","path":"/metadata/finalizers"}]');
    await made.delete();
  });

  it("handles custom resources, also when their definition is only just made", async () => {
    const group = `${namespace}.test`;
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `things.${group}` },
      spec: {
        group,
        scope: "Namespaced",
        names: { plural: "things", kind: "Thing" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
          },
        ],
      },
    };
    const thing = { apiVersion: `${group}/v1`, kind: "Thing", metadata: { name: "one" }, spec: { size: 1 } };
    const custom = resource(`kubernetes:${group}/v1:Thing`, "one");
    const bare = await custom.previewCreate(thing);
    assert.equal(at(bare, "spec", "size"), 1, "previewed before its kind exists");
    const kind = await resource("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", "thing").create(
      definition,
    );
    await custom.create(thing);
    await custom.update({ ...thing, spec: { size: 2 } });
    assert.equal(at(custom.outputs, "spec", "size"), 2);
    await kind.update({ ...definition, metadata: { ...definition.metadata, labels: { a: "b" } } });
    await kind.delete();
    await custom.delete();
    assert.equal(await custom.read(), undefined);
  });

  it("imports by id, and shows after a refresh what was changed in the cluster", async () => {
    await kubectl("create", "configmap", "foreign", "--from-literal=a=1");
    const driven = resource(configMap, "foreign");
    driven.id = `${namespace}/foreign`;
    const found = await driven.read();
    assert.deepEqual(found?.inputs, { ...map("foreign", { a: "1" }, { namespace }) });
    Object.assign(driven, found);
    await kubectl("patch", "cm", "foreign", "--type=merge", "-p", '{"data":{"a":"2"}}');
    Object.assign(driven, await driven.read());
    assert.deepEqual((await driven.diff(map("foreign", { a: "1" }))).detailed, { "data.a": "updateReplace" });
  });

  it("refuses a cluster that is not the embedded one, and goes on in preview when there is none", async () => {
    const alone = configured({ kubeconfig: kubeconfigOf("http://127.0.0.1:9"), context: "" });
    const previewed = await resource(configMap, "nowhere", alone).previewCreate(map("nowhere", { a: "1" }));
    assert.deepEqual(previewed["data"], { a: "1" });
    await assert.rejects(
      resource(configMap, "nowhere", alone).create(map("nowhere", {})),
      /cluster is unreachable: http:/,
    );
    // What any other cluster answers: a kube-system without the mark.
    const stranger = createServer(
      (_request, response) => void response.end(JSON.stringify({ metadata: { labels: {} } })),
    );
    await new Promise<void>((ready) => stranger.listen(0, "127.0.0.1", ready));
    try {
      const { port } = stranger.address() as AddressInfo;
      const strange = configured({ kubeconfig: kubeconfigOf(`http://127.0.0.1:${port}`), context: "" });
      await assert.rejects(
        resource(configMap, "strange", strange).create(map("strange", {})),
        /not the embedded one: .*install the official plugin/,
      );
    } finally {
      stranger.close();
      stranger.closeAllConnections();
    }
  });
});

function kubeconfigOf(server: string): string {
  return JSON.stringify({
    clusters: [{ name: "c", cluster: { server } }],
    contexts: [{ name: "c", context: { cluster: "c" } }],
    "current-context": "c",
  });
}
